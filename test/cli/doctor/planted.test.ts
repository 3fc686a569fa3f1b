import { expect, test } from 'vitest';
import type { DoctorLine } from '../../../src/cli/doctor/line.js';
import { type ProviderName, providerNames } from '../../../src/providers/settings.js';
import { startFleet } from '../../support/fleet.js';
import { changedBy, plantedIn } from './planted.js';
import { examined, runDoctor } from './run-doctor.js';

/** A setting of another provider that a host did not put in. */
const unexpanded = (provider: ProviderName) => ({
  [provider === 'cegedim' ? 'NAVER_ACCESS_KEY' : 'CEGEDIM_CLIENT_ID']: ['$', '{KEY}'].join(''),
  [provider === 'cegedim' ? 'NAVER_SECRET_KEY' : 'CEGEDIM_CLIENT_SECRET']: 'some-secret-of-another',
});

const toldAs = ({ status, check, operation, drift }: DoctorLine): string =>
  [status, check, operation, drift?.kind, drift?.path, drift?.word].filter((part) => part !== undefined).join(' ');

async function changedAccount(provider: ProviderName) {
  const planted = plantedIn(provider);
  const fleet = await startFleet({ providers: [provider], between: changedBy(provider, planted) });
  const told = ['fault settings', 'fault clock', ...planted.map((each) => each.told)];
  return { fleet, told, env: { ...fleet.environment, ...unexpanded(provider) } };
}

test.each(providerNames)('twelve changes and faults at %s are named, and nothing else', async (provider) => {
  const { told, env } = await changedAccount(provider);
  expect(told).toHaveLength(12);
  const { lines, failed } = await examined([], env);
  const troubles = lines.filter(({ status }) => status !== 'ok');
  expect(troubles.map(toldAs).toSorted()).toEqual(told.toSorted());
  expect(troubles.filter(({ mend }) => !mend)).toEqual([]);
  expect(failed).toBe(true);
});

test.each(providerNames)('the report on %s has each difference, and no value, id or name', async (provider) => {
  const { fleet, told, env } = await changedAccount(provider);
  const { text } = await runDoctor(['--report'], env);
  const { lines } = JSON.parse(text) as { lines: DoctorLine[] };
  expect(
    lines
      .filter(({ status }) => status !== 'ok')
      .map(toldAs)
      .toSorted(),
  ).toEqual(told.toSorted());
  const asked = fleet.requests.map(({ url }) => new URL(url)).map(({ pathname, search }) => pathname + search);
  const known = asked.flatMap((path) => path.match(/[\w-]*\d{4}[\w-]*/g) ?? []);
  expect(known.length).toBeGreaterThan(0);
  for (const id of [...known, 'orders', ...Object.values(fleet.environment)]) expect(text).not.toContain(id);
});
