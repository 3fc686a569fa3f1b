import type { Accounts } from '../../../call/call-context.js';
import type { ReadFacts } from '../../../define/index.js';
import type { Account } from '../../../providers/account.js';
import type { Proxies } from '../../../providers/wire/proxies.js';
import { proxyFor, shownProxy } from '../../../providers/wire/proxies.js';
import { loadReadFacts } from '../../../server/catalog.js';
import { type DoctorLine, okLine, warningLine } from '../line.js';
import { type Drift, driftsOf, driftText, textsIn, withoutData } from './drifts.js';
import { accountFailure, endsAll, readFailure, retryReasonOf } from './failures.js';
import { type ReadOutcome, readAll } from './reads.js';
import type { Traffic } from './traffic.js';

export interface AccountContext {
  accounts: Accounts;
  traffic: Traffic;
  proxies: Proxies;
  now: () => number;
}

/** Looks at one account: its endpoint, the clock, its credentials, and every harmless read. */
export async function examineAccount(account: Account, context: AccountContext): Promise<DoctorLine[]> {
  const { accounts, traffic, proxies, now } = context;
  const { provider, name } = account;
  const [toolset, facts] = await Promise.all([accounts.toolset(provider), loadReadFacts(provider)]);
  if (!toolset || !facts) throw new Error(`There are no operations of ${provider}.`);
  const outcomes = await readAll({ account, accounts, toolset, facts, now }, endsAll);
  const [first] = outcomes;
  const unusable = first && 'error' in first && endsAll(first.error) ? accountFailure(first.error) : undefined;
  const lines = [
    ...(unusable?.check === 'endpoint' || unusable?.check === 'tls'
      ? [unusable]
      : endpointLines(account, traffic, proxies)),
    ...clockLines(traffic),
    ...(unusable?.check === 'credentials' ? [unusable] : []),
    ...(unusable ? [] : [okLine('credentials', 'The provider takes the credentials.')]),
    ...(unusable ? [] : readLines(outcomes, facts)),
    ...(unusable ? [] : [...latencyLines(outcomes), ...limitLines(traffic, outcomes)]),
  ];
  return lines.map((line) => ({ ...line, account: name }));
}

function endpointLines({ isSandbox }: Account, { requests }: Traffic, proxies: Proxies): DoctorLine[] {
  if (isSandbox) return [okLine('endpoint', 'The account is one of the sandbox in this process.')];
  return [...new Set(requests.map(({ origin }) => origin))].map((origin) => {
    const proxy = proxyFor(new URL(origin), proxies);
    return okLine('endpoint', `${origin} answers${proxy ? `, through the proxy ${shownProxy(proxy)}` : ''}.`);
  });
}

/** Headers have whole seconds, and an answer takes its time. */
const unnoticedSeconds = 30;
/** Providers that sign with the time refuse requests that are five minutes off. */
const refusedSeconds = 300;

function clockLines({ requests }: Traffic): DoctorLine[] {
  const ahead = middleOf(requests.flatMap(({ aheadMilliseconds }) => aheadMilliseconds ?? []));
  if (ahead === undefined) return [];
  const seconds = Math.round(Math.abs(ahead) / 1000);
  if (seconds <= unnoticedSeconds)
    return [okLine('clock', 'The clock of this machine agrees with that of the provider.')];
  const says = `The clock of this machine is ${seconds} s ${ahead > 0 ? 'behind' : 'ahead of'} that of the provider.`;
  const mend = 'Let this machine set its clock by the network (NTP); signatures and tokens depend on it.';
  return [{ ...warningLine('clock', says, mend), status: seconds >= refusedSeconds ? 'fault' : 'warning' }];
}

function readLines(outcomes: readonly ReadOutcome[], { answers }: ReadFacts): DoctorLine[] {
  const texts = new Map(
    outcomes.flatMap((each) =>
      'answer' in each ? [[each.tool.name, textsIn(answers[each.tool.name], each.answer)] as const] : [],
    ),
  );
  return outcomes.flatMap((outcome) => {
    const { tool } = outcome;
    const { name: operation } = tool;
    if ('error' in outcome) return [readFailure(tool, outcome.error)];
    if ('missing' in outcome) {
      const says = `${operation} was not asked: nothing was found for ${outcome.missing.join(' and ')}.`;
      return [{ ...okLine('unasked', says), operation }];
    }
    const declared = answers[operation];
    const others = [...texts].flatMap(([name, own]) => (name === operation ? [] : own));
    const drifts = withoutData(declared ? driftsOf(declared, outcome.answer) : [], texts.get(operation) ?? [], others);
    const differs = drifts.length > 0 ? 'allowed' : 'allowed, and answers as documented';
    const says = `${operation} is ${differs} (${outcome.milliseconds} ms).`;
    return [{ ...okLine('read', says), operation }, ...drifts.map((drift) => driftLine(operation, drift))];
  });
}

const driftMend =
  'pgfleet goes on. Send what pgfleet doctor --report prints to the project, so that it learns of this.';

const driftLine = (operation: string, drift: Drift): DoctorLine => ({
  ...warningLine('drift', driftText(operation, drift), driftMend),
  operation,
  drift,
});

const slowMilliseconds = 10_000;

function latencyLines(outcomes: readonly ReadOutcome[]): DoctorLine[] {
  const timed = outcomes.flatMap((each) => ('milliseconds' in each ? [each] : []));
  const [slowest] = timed.toSorted((a, b) => b.milliseconds - a.milliseconds);
  if (!slowest) return [];
  const middle = middleOf(timed.map(({ milliseconds }) => milliseconds)) ?? 0;
  const { tool, milliseconds } = slowest;
  const says = `Half of the answers came within ${middle} ms; the slowest is ${tool.name} with ${milliseconds} ms.`;
  if (milliseconds < slowMilliseconds) return [okLine('latency', says)];
  return [warningLine('latency', says, 'Look at the network and the proxy, and at the status page of the provider.')];
}

const limits: ReadonlySet<string> = new Set(['429']);

/** What a read has failed for in the end is told with it. */
function limitLines({ retries }: Traffic, outcomes: readonly ReadOutcome[]): DoctorLine[] {
  const told = new Set(outcomes.flatMap((each) => ('error' in each ? retryReasonOf(each.error) : [])));
  const passed = [...retries].filter(([reason]) => !told.has(reason));
  return passed.map(([reason, count]) => {
    const times = count === 1 ? 'one answer' : `${count} answers`;
    if (limits.has(reason))
      return warningLine(
        'limits',
        `The provider limits how fast it is asked: ${times} came only after a pause (HTTP ${reason}).`,
        'Let fewer programs use the account, or ask the provider for a higher limit.',
      );
    const what = /^\d+$/.test(reason) ? `HTTP ${reason}` : reason;
    return warningLine(
      'retries',
      `Some requests had to be repeated: ${times} came only on another try (${what}).`,
      'Look at the status page of the provider, and at the network.',
    );
  });
}

function middleOf(numbers: readonly number[]): number | undefined {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
