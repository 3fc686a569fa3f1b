import type { Risk } from './risk.js';

/** What somebody may do, in the words of OAuth: one scope a risk, and one for saying yes on the approval page. */
export const scopes = [
  'pgfleet:read',
  'pgfleet:write',
  'pgfleet:disruptive',
  'pgfleet:exposing',
  'pgfleet:destructive',
  'pgfleet:approve',
] as const;
export type Scope = (typeof scopes)[number];

export const scopeOf = (risk: Risk): Scope => `pgfleet:${risk}`;

/** Somebody who calls or approves, as far as this server knows them. */
export interface Principal {
  /** The same person or program always has the same id, and nobody else has it. */
  id: string;
  /** As people know them: for plans, the approval page, policies and the audit record. */
  name: string;
  groups: readonly string[];
  /** Undefined where nobody signs in: then everything is allowed that the server's settings allow. */
  scopes?: readonly string[];
}

/**
 * What the issuer or the operator calls somebody, without the issuer: unlike the name, nobody can choose it for
 * themselves, so that rules may look at it.
 */
export const subjectOf = ({ id }: Pick<Principal, 'id'>): string => /(?:^token:|#)(.*)$/s.exec(id)?.[1] ?? id;

export const mayUse = ({ scopes: held }: Principal, scope: Scope): boolean => held?.includes(scope) ?? true;
