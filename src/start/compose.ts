import { randomUUID } from 'node:crypto';
import { auditLog } from '../call/audit/log.js';
import { dispatch } from '../call/builtin/dispatch.js';
import { builtinTools } from '../call/builtin/index.js';
import { jobMemory } from '../call/builtin/jobs.js';
import { tasks } from '../call/builtin/tasks.js';
import { type CallContext, resolveTool } from '../call/call-context.js';
import type { Caller } from '../call/caller.js';
import type { Connection } from '../call/exchange.js';
import { createApprovals } from '../call/guard/approvals.js';
import { consents } from '../call/guard/consent.js';
import type { ApprovalChannel } from '../call/guard/human-approval.js';
import type { Policy } from '../call/policy/decision.js';
import type { Toolset } from '../define/index.js';
import { completion } from '../fleet/resources/completion.js';
import { resourceSource } from '../fleet/resources/resource-source.js';
import { fleetTools } from '../fleet/tools/index.js';
import type { Observer } from '../observe/observer.js';
import { connectProvider } from '../providers/index.js';
import { isProviderName } from '../providers/settings.js';
import type { Send } from '../providers/wire/http.js';
import { retrying } from '../providers/wire/retrying.js';
import { loadToolset, type ToolEntry } from '../server/catalog.js';
import type { Store } from '../store/store.js';
import type { Config } from './config.js';
import { composeFleet, reasonOf, refusingProviders } from './fleet.js';
import { stateFolders } from './folders.js';

export interface Parts {
  config: Config;
  /** The way out: the network, or the sandbox. */
  send: Send;
  log: (line: string) => void;
  catalog: readonly ToolEntry[];
  store: Store;
  /** 32 bytes, the same on every replica: consents and tasks travel under it. */
  key: Uint8Array;
  policy?: Policy;
  /** Where the approval page is, and when nobody waits for it any more. */
  page?: Pick<ApprovalChannel, 'url' | 'closing'>;
  observer: Observer;
}

export type Composed = ReturnType<typeof compose>;

/** Puts the corridor together. Loaded with the first call, so that a server that is only listed starts faster. */
export function compose({ config, send, log, catalog, store, key, policy, page, observer }: Parts) {
  const jobs = jobMemory();
  const now = () => Date.now();
  const connections = new Map<string, Promise<Connection>>();
  const toolsets = new Map<string, Promise<Toolset | undefined>>();
  const nothing = Promise.resolve(undefined);
  const folders = stateFolders();
  const audit = auditLog({ file: config.auditLog ?? folders.auditLog, now, store, log });
  const sealed = consents({ key, store, now });
  const approvals = createApprovals({ store, consents: sealed, audit, now, noted: observer.approval });
  const context: CallContext = {
    toolset: (provider) => {
      const toolset = toolsets.get(provider) ?? (config.providers.has(provider) ? loadToolset(provider) : nothing);
      toolsets.set(provider, toolset);
      return toolset;
    },
    connection: (provider) => {
      const connection = connections.get(provider) ?? connect(provider);
      connections.set(provider, connection);
      return connection;
    },
    providers: [...config.providers.keys()],
    readOnly: config.readOnly ?? false,
    mode: config.confirm ?? 'auto',
    policy,
    consents: sealed,
    approvalChannel: page && { ...page, approvals },
    audit,
    secrets: { environment: config.secretEnvironment, folder: config.secretsDir ?? folders.secrets },
    language: config.lang ?? 'en',
    now,
    newId: randomUUID,
    log,
  };

  const fleet = composeFleet(context);

  async function connect(name: string): Promise<Connection> {
    const onRetry = (_request: unknown, reason: string) => observer.retried(name, reason);
    const onRenewed = () => observer.renewedToken(name);
    const patient = retrying(observer.send(send, name), { onRetry });
    const settings = isProviderName(name) ? config.providers.get(name) : undefined;
    if (!isProviderName(name) || !settings) throw new Error(`The provider ${name} is not on.`);
    const provider = await connectProvider(name, settings, { send: patient, now, onRenewed });
    return { provider, send: patient, otherPaths: new Map() };
  }

  const { providers } = context;
  const ownTools = [...builtinTools, ...fleetTools];
  const operations = catalog.filter(({ provider }) => provider === 'pgfleet' || providers.includes(provider));
  const source = resourceSource({
    fleet,
    operations,
    declarationOf: async (name) => (await resolveTool(name, context))?.tool,
    recentJobs: jobs.recent,
    now,
    reasonOf,
  });
  return {
    refusing: () => refusingProviders(context),
    fleet,
    approvals,
    audit,
    source,
    complete: completion({ fleet, tools: operations.map(({ name }) => name) }),
    tasks: tasks({ key, context }),
    async call(name: string, args: unknown, caller: Caller) {
      const result = await observer.call(name, caller, (traceContext) =>
        dispatch({ name, args, caller: { ...caller, traceContext } }, ownTools, { ...context, fleet }),
      );
      jobs.note(result);
      return result;
    },
  };
}
