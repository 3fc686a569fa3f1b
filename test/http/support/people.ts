import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scopes } from '../../../src/define/principal.js';

export interface Person {
  name: string;
  /** All there are, when left out. */
  scopes?: readonly string[];
  groups?: readonly string[];
  /** Who stands behind the name. */
  person?: string;
}

/** A file of tokens for these people, as the settings name it, and the token of each. */
export function tokensFor<Name extends string>(people: Record<Name, Omit<Person, 'name'>>) {
  const entries = Object.entries<Omit<Person, 'name'>>(people).map(([name, person]) => {
    const token = `pgf_${randomBytes(32).toString('base64url')}`;
    const sha256 = createHash('sha256').update(token).digest('hex');
    return { name, token, entry: { name, sha256, scopes, ...person } };
  });
  const file = join(mkdtempSync(join(tmpdir(), 'pgfleet-tokens-')), 'tokens.json');
  writeFileSync(file, JSON.stringify({ tokens: entries.map(({ entry }) => entry) }), { mode: 0o600 });
  const tokens = Object.fromEntries(entries.map(({ name, token }) => [name, token])) as Record<Name, string>;
  return { env: { PGFLEET_TOKENS_FILE: file }, tokens };
}

/** Changes what somebody may do, in the file that a running server reads again. */
export function grant(
  { PGFLEET_TOKENS_FILE: file }: { PGFLEET_TOKENS_FILE: string },
  name: string,
  rights: Omit<Person, 'name'>,
) {
  const { tokens } = JSON.parse(readFileSync(file, 'utf8')) as { tokens: Person[] };
  const changed = tokens.map((entry) => (entry.name === name ? { ...entry, ...rights } : entry));
  writeFileSync(`${file}.new`, JSON.stringify({ tokens: changed }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** A file of rules, as the settings name it. */
export function policyOf(policy: object): { PGFLEET_POLICY: string } {
  const file = join(mkdtempSync(join(tmpdir(), 'pgfleet-policy-')), 'policy.json');
  writeFileSync(file, JSON.stringify(policy));
  return { PGFLEET_POLICY: file };
}

export interface Decided {
  status: number;
  approval?: Record<string, unknown>;
  error?: { code: string; message: string };
}

export interface Approver {
  list: () => Promise<Record<string, unknown>[]>;
  approve: (id: string, typed?: string) => Promise<Decided>;
  refuse: (id: string, reason?: string) => Promise<Decided>;
}

/** Somebody at the approval page's API with a token of theirs. */
export function approverWith(url: string, token: string): Approver {
  const ask = async (path: string, body?: object) => {
    const response = await fetch(`${url}/approvals/api${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    return { status: response.status, ...((await response.json()) as object) };
  };
  return {
    list: async () => ((await ask('')) as unknown as { approvals: Record<string, unknown>[] }).approvals,
    approve: (id, typed) => ask(`/${id}/approve`, { typed }),
    refuse: (id, reason) => ask(`/${id}/refuse`, { reason }),
  };
}

/** The person at the server's own machine, who reads the one-time code there. */
export async function localApprover(url: string, code: string): Promise<Approver> {
  const response = await fetch(`${url}/approvals/api/session`, { method: 'POST', body: JSON.stringify({ code }) });
  const { session } = (await response.json()) as { session: string };
  return approverWith(url, session);
}
