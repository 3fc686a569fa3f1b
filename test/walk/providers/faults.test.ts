import { afterEach, describe, expect, test } from 'vitest';
import type { FaultKind } from '../../../src/emulator/core/faults.js';
import { type Connection, connect } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { startFleet } from '../../support/fleet.js';
import { jobOf } from '../../support/follow.js';
import { clusterNamed } from '../../support/samsung.js';
import { calls, names, type ProviderName } from './calls.js';
import { instanceNamed as cegedimInstance } from './cegedim.js';

const end = endOfFile();

/** The read and the change of each provider, as the emulator routes them. */
const routes: Record<ProviderName, { read: string; change: string }> = {
  samsung: { read: 'GET /v1/clusters', change: 'POST /v1/clusters/:cluster_id/start' },
  naver: {
    read: 'GET /vpostgresql/v2/getCloudPostgresqlInstanceList',
    change: 'POST /vpostgresql/v2/addCloudPostgresqlDatabaseList',
  },
  cegedim: { read: 'GET /itcare/compute/resources', change: 'PATCH /itcare/databases/postgresql/:id' },
};

/** The call that shows whether a change was made. */
const findsOut: Record<ProviderName, string> = {
  samsung: 'samsung_get_cluster {"cluster_id":',
  naver: 'naver_get_instance',
  cegedim: 'cegedim_get_instance {"id":',
};

const argumentsOf: Record<ProviderName, (call: Connection['call']) => Promise<Record<string, unknown>>> = {
  samsung: async (call) => ({ cluster_id: await clusterNamed(call, 'staging') }),
  naver: async () => ({ ...calls.naver.change[1] }),
  cegedim: async (call) => ({ id: await cegedimInstance(call, 'reportsqa01') }),
};

const unknown: [FaultKind, number?][] = [
  ['cut-before'],
  ['cut-after'],
  ['garbage'],
  ['status', 500],
  ['status', 503],
  ['status', 504],
];

describe('on one fleet', async () => {
  const fleet = await startFleet({ providers: names, end });
  const connection = await connect({ fleet, end });

  afterEach(() => fleet.faults.clear());

  test.each(names)(
    'a change that %s turns away for its rate was not made, and is told when to try again',
    async (name) => {
      const { call, audit } = connection;
      const [change] = calls[name].change;
      const args = await argumentsOf[name](call);
      fleet.sent.length = 0;
      fleet.faults.add({ on: routes[name].change, kind: 'status', value: 429 });
      const { isError, text } = await call(change, args);
      expect(isError).toBe(true);
      expect(text).toContain('Try again in 1 seconds');
      expect(fleet.changes()).toHaveLength(1);
      expect(audit().at(-1)).toMatchObject({ event: 'outcome', outcome: 'failed' });
    },
  );

  test.each(names)('work of %s that is stuck goes on', async (name) => {
    const { call } = connection;
    fleet.faults.add({ on: routes[name].change, kind: 'stuck-job' });
    const job = jobOf(await call(calls[name].change[0], await argumentsOf[name](call)));
    fleet.world.advance(3_600_000);
    const { data } = await call('wait_for_job', { job, seconds: 1 });
    expect(data).toMatchObject({ job, state: 'running' });
    expect(String(data['next'])).toContain(`wait_for_job {"job":"${job}"}`);
  });

  test.each(names)('a change at %s whose end is not known is sent once, and said to be so', async (name) => {
    const { call, audit } = connection;
    const args = await argumentsOf[name](call);
    for (const [kind, value] of unknown) {
      fleet.sent.length = 0;
      fleet.faults.add({ on: routes[name].change, kind, value, times: 1 });
      const { isError, text } = await call(calls[name].change[0], args);
      expect(isError, kind).toBe(true);
      expect(text, kind).toContain('not known');
      expect(text, kind).toContain(findsOut[name]);
      expect(fleet.changes(), kind).toHaveLength(1);
      expect(audit().at(-1)).toMatchObject({ event: 'outcome', outcome: 'unknown' });
    }
  });

  test.each(names)('a read at %s is asked again', async (name) => {
    const { read } = routes[name];
    fleet.sent.length = 0;
    fleet.faults.add({ on: read, kind: 'status', value: 503, times: 1 });
    expect((await connection.call(calls[name].read[0])).isError).toBe(false);
    expect(fleet.sent).toEqual([read, read]);
  });

  test.each(['samsung', 'naver'] as const)(
    'a timestamp that %s calls expired is a fault of clock or keys',
    async (name) => {
      fleet.faults.add({ on: routes[name].read, kind: 'expired-token' });
      const { isError, text } = await connection.call(calls[name].read[0]);
      expect(isError).toBe(true);
      expect(text).toContain('credentials');
    },
  );
});
