import { dirname } from 'node:path';
import { auditLog } from '../call/audit/log.js';
import { sandboxFile, sandboxList, separateAudit } from '../call/audit/separate.js';
import { dispatch } from '../call/builtin/dispatch.js';
import { builtinTools } from '../call/builtin/index.js';
import { jobFacts, jobMemory } from '../call/builtin/jobs.js';
import { openCall } from '../call/builtin/run-operation.js';
import { tasks } from '../call/builtin/tasks.js';
import { resolveTool } from '../call/call-context.js';
import type { Caller } from '../call/caller.js';
import { accountFor } from '../call/choose-account.js';
import { createApprovals } from '../call/guard/approvals.js';
import { consents } from '../call/guard/consent.js';
import type { ApprovalChannel } from '../call/guard/human-approval.js';
import type { Config } from '../config/config.js';
import { patternOfConnections, requirePatterns } from '../config/databases/patterns.js';
import { stateFolders } from '../config/folders.js';
import { requireOwnKey } from '../config/shared-key.js';
import type { OperationSearch } from '../define/search/index.js';
import { detailReaders } from '../fleet/adapters/details/index.js';
import { adapters, requireAdapters } from '../fleet/adapters/index.js';
import { baselinesIn } from '../fleet/details/baselines.js';
import { createDetails } from '../fleet/details/details.js';
import { createFleet } from '../fleet/fleet.js';
import { baselineShelf } from '../fleet/resources/baselines.js';
import { glancesInto } from '../fleet/resources/glances.js';
import { placeRights } from '../fleet/resources/place-rights.js';
import { createWatch } from '../fleet/resources/watch.js';
import { rules } from '../fleet/rules/index.js';
import { fleetTools } from '../fleet/tools/index.js';
import { fleetReaders } from '../fleet/views/fleet-readers.js';
import type { AccessSettings } from '../inspect/database-connection.js';
import { openDatabases } from '../inspect/databases.js';
import { lookPlaces } from '../inspect/look-places.js';
import { pinsIn } from '../inspect/pins.js';
import type { Metrics } from '../observe/metrics.js';
import { observer } from '../observe/observer.js';
import { startTracing } from '../observe/tracing.js';
import { providerNames } from '../providers/settings.js';
import type { Send } from '../providers/wire/http.js';
import type { ToolEntry } from '../server/catalog.js';
import { changeMarks } from '../store/change-marks.js';
import { keptTexts } from '../store/kept-texts.js';
import type { Store } from '../store/store.js';
import type { Clock, Random } from '../values/clock.js';
import { accountsRefused, connectAccounts, failureOf, prepareAccounts, readerIn } from './accounts.js';
import { catalogueOf, operationsOf, servedBy, toolsTaken } from './served.js';

export interface AppOptions {
  config: Config;
  version: string;
  /** The list of tools that the build wrote. */
  catalog: readonly ToolEntry[];
  /** Opens the index that the build wrote, with the first search. */
  loadSearch: () => Promise<OperationSearch>;
  /** Reads the page of the board that the build wrote. */
  loadBoard: () => Promise<string>;
  /** The file of the font for pictures. */
  fontFile: string;
  /** Sends requests to the providers: over the network, to the sandbox, or both. */
  send: Send;
  store: Store;
  /** Has 32 bytes and is the same on every replica: it protects consents and tasks. */
  key: Uint8Array;
  /** Tells where the approval page is and when the server is about to end. Absent when there is no page. */
  page?: Omit<ApprovalChannel, 'approvals'>;
  /** The counts that an operator can ask for. */
  metrics?: Metrics;
  /** Receives one line for each call. */
  callLog?: Parameters<typeof observer>[0]['log'];
  /** Writes a line for the operator. */
  log: (line: string) => void;
  clock: Clock;
  random: Random;
}

export type App = Awaited<ReturnType<typeof createApp>>;

const noneInside = { inspectTools: [] };

/** Creates all parts once and in this order: accounts, fleet, corridor, and what is served. */
export async function createApp(options: AppOptions) {
  const { config, version, catalog, send, store, key, page, metrics, callLog, log, clock, random } = options;
  const { loadSearch, loadBoard, fontFile } = options;
  const { now } = clock;
  const newId = random.id;

  const tracing = startTracing({ newId });
  const providerOf = new Map(catalog.map(({ name, provider }) => [name, provider]));
  const observed = observer({ tracing, providerOf, metrics, log: callLog, now });
  const taken = toolsTaken(config, catalog);
  const accounts = connectAccounts({
    accounts: config.accounts,
    send,
    observer: observed,
    retry: { clock, random },
    taken,
  });

  const changes = changeMarks({ store, now, newId, log });
  requireAdapters(accounts.all.map(({ provider }) => provider));
  const readerOf = readerIn(accounts);
  const details = createDetails({
    accounts: accounts.all,
    detailsFor: (provider) => detailReaders[provider],
    readerOf,
  });
  const fleet = createFleet({
    accounts: accounts.all,
    adapterFor: (provider) => adapters[provider],
    rules,
    readerOf,
    lastChange: changes.last,
    job: (account, id) => jobFacts(account, id, { accounts, clock }),
    clock,
    reasonOf: failureOf,
  });

  const folders = stateFolders();
  const file = config.auditLog ?? folders.auditLog;
  const kept = (collection: string) => keptTexts({ store, collection, folder: dirname(file), now });
  const openAccess = async (settings: AccessSettings) => {
    const [{ accessTools }, { loginWays: ways }] = await Promise.all([
      import('../fleet/details/access-tools.js'),
      import('../fleet/adapters/access/index.js'),
    ]);
    return accessTools({ settings, accounts: accounts.all, ways, texts: kept('access') });
  };
  const baselines = baselinesIn(kept('baselines'));
  await requirePatterns(config.databases);
  const access = config.inspect && (await openAccess(config.inspect));
  const databases = openDatabases({
    connections: config.databases,
    showsStatements: config.showStatements ?? true,
    made: access?.connectionOf,
    pins: pinsIn({ texts: kept('databases'), clock }),
    takePlace: lookPlaces({ shared: store, clock, newId }),
    fitsPattern: patternOfConnections,
    clock,
  });
  const records = { real: file, sandbox: sandboxFile(file) };
  const hooks =
    config.hookTargets.length === 0
      ? undefined
      : await (await import('./hooks/open-hooks.js')).openHooks({
          config,
          version,
          store,
          fleet,
          clock,
          newId,
          log,
          records: Object.values(records),
          pageAddress: page?.address,
        });
  const written = hooks?.written ?? (async () => undefined);
  const audit = separateAudit({
    real: auditLog({ file, now, store, log, written: () => written(records.real) }),
    sandbox: auditLog({
      list: sandboxList,
      now,
      store,
      log,
      file: records.sandbox,
      written: () => written(records.sandbox),
    }),
    accounts: accounts.all,
  });
  const sealed = consents({ key, store, now, random });
  const approvals = createApprovals({
    key,
    consents: sealed,
    audit,
    now,
    newId,
    alsoFor: hooks?.alsoFor,
    store: hooks?.store ?? store,
    noted(event) {
      observed.approval(event);
      hooks?.told();
    },
  });
  const policyFacts = { tools: catalog, providers: providerNames, accounts: accounts.all };
  const opened =
    config.policy === undefined ? undefined : (await import('./policy.js')).openPolicy(config.policy, policyFacts);
  requireOwnKey(config, opened?.ruleSet);
  const context = {
    accounts,
    operations: operationsOf(catalog, config),
    fleet,
    catalogue: catalogueOf(catalog, config, loadSearch),
    details,
    baselines,
    databases,
    access,
    fontFile,
    locate: fleet.locate,
    changed: changes.note,
    readOnly: config.readOnly ?? false,
    mode: config.confirm ?? ('auto' as const),
    policy: opened?.policy,
    consents: sealed,
    approvalChannel: page && { ...page, approvals },
    audit,
    secrets: { environment: config.secretEnvironment, folder: config.secretsDir ?? folders.secrets },
    language: config.lang ?? 'en',
    clock,
    random,
    log,
  };
  const { inspectTools } = databases.isConfigured ? await import('../fleet/tools/inside/index.js') : noneInside;
  const tools = [...builtinTools, ...fleetTools, ...inspectTools];
  const jobs = jobMemory();
  const readers = fleetReaders(fleet, context);
  const glances = glancesInto(context);
  const rights = placeRights(readers, glances);
  const open = (name: string, args: unknown, reach?: Caller['reach']) =>
    openCall({ name, args }, { operations: context.operations, reach });
  const call = async (name: string, args: unknown, caller: Caller) => {
    const opened = open(name, args, caller.reach);
    const shown = readers.shownTo({ reader: caller, tool: opened.name });
    const seen = shown === fleet ? context : { ...context, fleet: shown, requireJob: shown.requireJob };
    const result = await observed.call(opened.name, caller, (each) =>
      dispatch({ ...opened, caller: { ...caller, ...each } }, tools, seen),
    );
    jobs.note(result, caller);
    return result;
  };

  return {
    call,
    /** The operation inside of a call that runs one by its name. */
    open,
    fleet,
    approvals,
    audit,
    accountFor: (tool: string, args: unknown) => accountFor(tool, args, context),
    accountsRefused: () => accountsRefused(accounts),
    prepare: () => prepareAccounts(accounts),
    openTo: readers.openTo,
    loadBoard,
    mayHear: rights.mayHear,
    watch: createWatch({
      fleet,
      glances: databases.isConfigured ? glances : undefined,
      seconds: config.pollSeconds,
      clock,
      random: random.fraction,
      log,
      polled: hooks && (() => hooks.polled(glances)),
    }),
    /** Begins to tell outside what happens. */
    beginHooks: hooks?.begin,
    hookQueues: hooks?.queues,
    served: servedBy({
      config,
      version,
      catalog,
      operations: context.operations,
      rights,
      glances,
      loadBoard,
      baselines: baselineShelf({ baselines, openTo: readers.openTo }),
      call,
      tasks: tasks({
        key,
        context,
        requireJobFor: (reader) => readers.shownTo({ reader, tool: 'wait_for_job' }).requireJob,
      }),
      declarationOf: (name) => resolveTool(name, accounts),
      // Where a policy may deny what a job is about, others do not learn of it.
      recentJobs: ({ id }) => jobs.recent((caller) => !context.policy || caller === id),
      now,
      timeText: clock.timeText,
      reasonOf: failureOf,
    }),
  };
}
