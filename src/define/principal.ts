import type { Risk } from './risk.js';

/**
 * What a principal may do, as OAuth scopes: one for each risk, one for looking inside databases, and one for approving
 * on the approval page.
 */
export const scopes = [
  'pgfleet:read',
  'pgfleet:write',
  'pgfleet:disruptive',
  'pgfleet:exposing',
  'pgfleet:destructive',
  'pgfleet:inspect',
  'pgfleet:approve',
] as const;
export type Scope = (typeof scopes)[number];

/** The scopes that clients can ask for. Only a person in a browser may approve. */
export const clientScopes = scopes.filter((scope) => scope !== 'pgfleet:approve');

/** A scope by its whole name or by the part behind the colon, as people write it. It may be none that there is. */
export const scopeNamed = (text: string): string => (text.includes(':') ? text : `pgfleet:${text}`);

export const scopeOf = (risk: Risk): Scope => `pgfleet:${risk}`;

/** A caller or approver, as far as this server knows them. */
export interface Principal {
  /** The same person or program always has the same id, and nobody else has it. */
  id: string;
  /** The name that people know, for plans, the approval page, policies and the audit record. */
  name: string;
  groups: readonly string[];
  /** The name by which rules know the principal, where it is not to be read from the id. */
  subject?: string;
  /** Who stands behind it, where the operator named a claim that tells. The same person may have several principals. */
  person?: string;
  /** Undefined when callers do not sign in. Then everything is allowed that the settings of the server allow. */
  scopes?: readonly string[];
}

/**
 * The name that the issuer or the operator gives a principal, without the issuer. Unlike the display name, principals
 * cannot choose it themselves, so rules may use it.
 */
export const subjectOf = ({ id, subject }: Pick<Principal, 'id' | 'subject'>): string =>
  subject ?? /(?:^token:|#)(.*)$/s.exec(id)?.[1] ?? id;

/** Whether two principals are known to be one person. */
export const isSamePerson = (one: Pick<Principal, 'id' | 'person'>, other: Pick<Principal, 'id' | 'person'>): boolean =>
  one.id === other.id || (one.person !== undefined && one.person === other.person);

export const mayUse = ({ scopes: held }: Principal, scope: Scope): boolean => held?.includes(scope) ?? true;
