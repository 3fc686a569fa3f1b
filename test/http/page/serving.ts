import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type App, createApp } from '../../../src/app/app.js';
import { pageOver } from '../../../src/app/approval-page.js';
import { address } from '../../../src/app/banner.js';
import type { Approval, ApprovalRequest } from '../../../src/call/guard/approvals.js';
import { systemRandom } from '../../../src/cli/system.js';
import { readConfig } from '../../../src/config/config.js';
import type { Principal } from '../../../src/define/index.js';
import { createEmulator } from '../../../src/emulator/index.js';
import { bind } from '../../../src/http/bind.js';
import type { SignInWays } from '../../../src/http/page/options.js';
import type { Send } from '../../../src/providers/wire/http.js';
import { inMemory } from '../../../src/store/memory.js';
import type { Values } from '../../../src/values/values.js';
import { handClock } from '../../support/clock.js';
import { catalog, fontFile, loadBoard, loadSearch } from '../../support/in-process.js';
import { policyOf } from '../support/people.js';

export const agent = { id: 'agent-7', name: 'release agent', client: 'desk-agent 2.1.0' };
export const approver: Principal = { id: 'dba-on-call', name: 'DBA on call', groups: [], scopes: ['pgfleet:approve'] };
export const secondApprover: Principal = { ...approver, id: 'ravi', name: 'Ravi Shah' };
export const reader: Principal = { id: 'reader', name: 'reader', groups: ['dev'], scopes: ['pgfleet:read'] };

export interface ServeOptions {
  /** Further people by the token that they sign in with. */
  people?: Record<string, Principal>;
  /** Other ways than codes and tokens, once the address is known. */
  ways?: (publicUrl: URL) => Promise<SignInWays>;
  /** What a policy says of guarded calls, beside that they want a person. */
  rule?: { fourEyes?: boolean; reason?: string };
  /** Rules of the policy before that one. */
  rules?: readonly object[];
  /** Stands between the product and the providers. */
  between?: (send: Send) => Send;
  /** What the page is made over, with something of it changed. */
  over?: (app: App) => App;
  key?: Uint8Array;
  publicUrl?: URL;
}

export interface ParkOptions {
  caller?: Approval['caller'];
  /** For words in a request that no call of ours has. */
  changed?: (request: ApprovalRequest) => ApprovalRequest;
}

/** The page on a port of loopback, over the real composition and the fleet of the emulator, with a clock of its own. */
export async function servePage(options: ServeOptions = {}) {
  const { people = {}, ways, rule, rules = [], between = (same) => same, over = (same) => same } = options;
  const emulator = createEmulator({ speed: 0, providers: ['nhn', 'samsung'] });
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-page-'));
  const env = {
    ...emulator.environment,
    ...policyOf({ rules: [...rules, { effect: 'human', risks: ['disruptive', 'destructive'], ...rule }] }),
    PGFLEET_AUDIT_LOG: join(folder, 'audit.jsonl'),
    PGFLEET_SECRETS_DIR: join(folder, 'secrets'),
  };
  const logged: string[] = [];
  const log = (line: string) => void logged.push(line);
  const port = await bind({ host: '127.0.0.1', port: 0, onerror: (error) => log(String(error)) });
  onTestFinished(port.close);
  const origin = `http://127.0.0.1:${port.port}`;
  const { key = systemRandom.bytes(32), publicUrl = new URL(origin) } = options;

  const clock = handClock();
  const store = inMemory(clock.now);
  const config = readConfig({ env, flags: {} });
  const ground = { config, version: '0.1.0', store, key, log, clock, random: systemRandom };
  const send = between(emulator.send);
  const pageUrl = address(publicUrl, 'approvals');
  const app = await createApp({
    ...ground,
    catalog: await catalog(),
    loadSearch,
    loadBoard,
    fontFile,
    send,
    page: { address: async () => pageUrl },
  });
  const codes = new Map<string, Principal>();
  const tokens = new Map<string, Principal>(Object.entries(people));
  const signIn = (await ways?.(publicUrl)) ?? {
    code: async (code) => {
      const person = codes.get(code);
      codes.delete(code);
      return person;
    },
    token: async (token) => tokens.get(token),
  };
  const { fetch } = pageOver({ ...ground, app: over(app), publicUrl, signIn });
  port.serve(fetch);

  const called = async (name: string, input: Values, caller: Approval['caller']): Promise<Values> => {
    const nobody = { groups: [], canBeAsked: false, canOpenPages: false, answer: {} };
    const result = await app.call(name, input, { ...nobody, ...caller });
    if (!result || !('structuredContent' in result)) throw new Error(`${name} gave ${JSON.stringify(result)}.`);
    return result.structuredContent as Values;
  };

  /** A call that waits for a person. */
  async function park(name: string, input: Values, { caller = agent, changed }: ParkOptions = {}): Promise<Approval> {
    const { id, client } = caller;
    const answer = await called(name, input, { id, name: caller.name, client });
    const parked = await app.approvals.get(String(answer['approval_id']));
    if (!parked) throw new Error(`${name} does not wait: ${JSON.stringify(answer)}.`);
    if (!changed) return parked;
    await app.approvals.close(parked);
    const anew = await app.approvals.request(changed({ ...parked, arguments: input }));
    if (!anew) throw new Error(`${name} found no place to wait.`);
    return anew;
  }

  const instance = async (name: string): Promise<string> => {
    const { dbInstances } = await called('nhn_list_db_instances', {}, agent);
    const found = (dbInstances as Values[]).find(({ dbInstanceName }) => dbInstanceName === name);
    if (!found) throw new Error(`The emulator has no instance ${name}.`);
    return String(found['dbInstanceId']);
  };

  return {
    origin,
    home: `${origin}/approvals`,
    approvals: app.approvals,
    codes,
    tokens,
    logged,
    store,
    /** What was decided by the audit record, the newest first. */
    decisions: async () => (await app.audit.latest(9)).filter(({ event }) => event === 'decision'),
    clock,
    restart: async (how?: ParkOptions) =>
      park('nhn_restart_db_instance', { dbInstanceId: await instance('analytics') }, how),
    remove: async (how?: ParkOptions) =>
      park('nhn_delete_db_instance', { dbInstanceId: await instance('billing-legacy') }, how),
  };
}

export type Served = Awaited<ReturnType<typeof servePage>>;
