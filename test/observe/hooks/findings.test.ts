import { expect, test } from 'vitest';
import { type FleetLook, type OpenFinding, watchFindings } from '../../../src/observe/hooks/findings.js';
import { createOutbox } from '../../../src/observe/hooks/outbox.js';
import { hookEventTypes } from '../../../src/observe/hooks/target.js';
import { inMemory } from '../../../src/store/memory.js';
import { handClock } from '../../support/clock.js';

const finding = (instance: string, rule = 'storage-nearly-full'): OpenFinding => ({
  finding: rule,
  title: 'Storage is nearly full',
  severity: 'warning',
  account: 'nhn',
  instance,
  name: instance.slice(4),
});

/** Processes that compare findings over one store. */
function comparing() {
  const clock = handClock();
  const store = inMemory(clock.now);
  const target = { name: 'ops', url: 'https://a.example/', shape: 'standard', language: 'en', allow: [] } as const;
  const outbox = createOutbox({ targets: [{ ...target, events: hookEventTypes }], store, now: clock.now });
  const seen: { findings: OpenFinding[]; seen: ReturnType<FleetLook['seenOf']>; looks: number } = {
    findings: [],
    seen: 'whole',
    looks: 0,
  };
  let ids = 0;
  const look = async (): Promise<FleetLook> => {
    seen.looks += 1;
    return { findings: seen.findings, seenOf: () => seen.seen };
  };
  const begin = () => {
    const compare = watchFindings({
      seconds: 600,
      store,
      outbox,
      told: () => undefined,
      clock,
      newId: () => String((ids += 1)),
      log: (line) => expect.unreachable(line),
    });
    return () => compare(look);
  };
  const told = async () =>
    (await outbox.waiting('ops')).map(({ event: { type, data } }) => `${type} ${String(data['instance'])}`);
  return { clock, seen, begin, told };
}

test('a finding is told once when it opens and once when it closes, not more often than set', async () => {
  const { clock, seen, begin, told } = comparing();
  const [one, other] = [begin(), begin()];
  seen.findings = [finding('nhn:a')];
  await Promise.all([one(), other()]);
  await one();
  expect(await told()).toEqual(['finding.opened nhn:a']);
  // It closes and opens again between two looks: nobody is told.
  await clock.turn(599_000);
  await one();
  await other();
  expect(seen.looks).toBeLessThanOrEqual(2);
  await clock.turn(1_000);
  seen.findings = [finding('nhn:b')];
  await one();
  expect(await told()).toEqual(['finding.opened nhn:a', 'finding.closed nhn:a', 'finding.opened nhn:b']);
  // A process that starts anew knows what was told.
  await clock.turn(600_000);
  await begin()();
  expect(await told()).toHaveLength(3);
});

test('what was not seen is not closed, unless a part of it was seen without the finding three times', async () => {
  const { clock, seen, begin, told } = comparing();
  const compare = begin();
  const next = async () => {
    await clock.turn(600_000);
    await compare();
  };
  seen.findings = [finding('nhn:a')];
  await next();
  seen.findings = [];
  seen.seen = 'not';
  for (const _ of [1, 2, 3, 4]) await next();
  seen.seen = 'partly';
  await next();
  await next();
  expect(await told()).toEqual(['finding.opened nhn:a']);
  await next();
  expect(await told()).toEqual(['finding.opened nhn:a', 'finding.closed nhn:a']);
});
