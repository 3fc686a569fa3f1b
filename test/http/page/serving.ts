import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { onTestFinished } from 'vitest';
import { auditLog } from '../../../src/call/audit/log.js';
import { readWith, resolveTool } from '../../../src/call/call-context.js';
import { type Approval, createApprovals } from '../../../src/call/guard/approvals.js';
import { consents } from '../../../src/call/guard/consent.js';
import { dangerOf } from '../../../src/call/guard/danger.js';
import { type Plan, planOf } from '../../../src/call/guard/plan.js';
import { masked } from '../../../src/call/secrets/secrets.js';
import { type Principal, requiredFields } from '../../../src/define/index.js';
import type { PageOptions, SignInWays } from '../../../src/http/page/options.js';
import { approvalPage } from '../../../src/http/page/page.js';
import { inMemory } from '../../../src/store/memory.js';
import { type Values } from '../../../src/values/values.js';
import { startParts } from '../../fleet/serving.js';

export const agent = { id: 'agent-7', name: 'release agent', client: 'desk-agent 2.1.0' };
export const approver: Principal = { id: 'dba-on-call', name: 'DBA on call', groups: [], scopes: ['pgfleet:approve'] };
export const secondApprover: Principal = { ...approver, id: 'ravi', name: 'Ravi Shah' };
export const reader: Principal = { id: 'reader', name: 'reader', groups: ['dev'], scopes: ['pgfleet:read'] };

export interface ServeOptions {
  /** Further people by the token that they sign in with. */
  people?: Record<string, Principal>;
  /** Other ways than codes and tokens, once the address is known. */
  ways?: (publicUrl: URL) => Promise<SignInWays>;
  /** Changes what the providers answer. */
  altered?: (body: string) => string;
  options?: Partial<PageOptions>;
}

export interface ParkOptions {
  fourEyes?: boolean;
  reason?: string;
  caller?: Approval['caller'];
  changed?: (plan: Plan) => Plan;
}

/** The page on a port of loopback, over real approvals, the fleet on the emulator and an audit record of its own. */
export async function servePage({ people = {}, ways, altered, options = {} }: ServeOptions = {}) {
  const { emulator, context, fleet } = startParts({ altered, providers: ['nhn', 'samsung'] });
  const now = () => emulator.world.now();
  const key = randomBytes(32);
  const store = inMemory(now);
  const file = join(mkdtempSync(join(tmpdir(), 'pgfleet-page-')), 'audit.jsonl');
  const audit = auditLog({ file, now });
  const approvals = createApprovals({ store, consents: consents({ key, store, now }), audit, now });
  const codes = new Map<string, Principal>();
  const tokens = new Map<string, Principal>(Object.entries(people));
  const logged: string[] = [];

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const signIn = (await ways?.(new URL(origin))) ?? {
    code: async (code) => {
      const person = codes.get(code);
      codes.delete(code);
      return person;
    },
    token: async (token) => tokens.get(token),
  };
  const { fetch } = approvalPage({
    approvals,
    fleet: async () => fleet,
    latestAudit: (count) => audit.latest(count),
    key,
    publicUrl: new URL(origin),
    version: '0.1.0',
    isSandbox: false,
    signIn,
    store,
    now,
    log: (line) => logged.push(line),
    ...options,
  });
  const handle = toNodeHandler({ fetch });

  /** The plan of a call as the guard makes it. */
  async function plan(name: string, input: Values): Promise<Plan> {
    const found = await resolveTool(name, context);
    const danger = found && dangerOf(found.tool, input);
    if (!found || !danger) throw new Error(`${name} is no guarded tool.`);
    const { provider } = await context.connection(found.toolset.provider);
    return planOf(found.tool, danger, input, masked(found.tool, input), {
      product: provider.product,
      targets: found.targets,
      read: async (tool, values) => readWith(tool, values, context),
      needs: async (tool) => requiredFields((await resolveTool(tool, context))?.tool.input ?? found.tool.input),
    });
  }

  /** A call that waits for a person. */
  async function park(name: string, input: Values, how: ParkOptions = {}): Promise<Approval> {
    const { fourEyes = false, reason, caller = agent, changed = (same) => same } = how;
    return approvals.request({ caller, plan: changed(await plan(name, input)), arguments: input, fourEyes, reason });
  }

  const instance = async (name: string): Promise<string> => {
    const { dbInstances } = await readWith('nhn_list_db_instances', {}, context);
    const found = (dbInstances as Values[]).find(({ dbInstanceName }) => dbInstanceName === name);
    if (!found) throw new Error(`The emulator has no instance ${name}.`);
    return String(found['dbInstanceId']);
  };

  return {
    origin,
    home: `${origin}/approvals`,
    fetch,
    approvals,
    park,
    codes,
    tokens,
    logged,
    audit,
    store,
    advance: (milliseconds: number) => emulator.world.advance(milliseconds),
    now,
    restart: async (how?: ParkOptions) =>
      park('nhn_restart_db_instance', { dbInstanceId: await instance('staging') }, how),
    remove: async (how?: ParkOptions) =>
      park('nhn_delete_db_instance', { dbInstanceId: await instance('orders-primary') }, how),
  };
}

export type Served = Awaited<ReturnType<typeof servePage>>;
