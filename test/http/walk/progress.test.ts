import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { handClock, settle } from '../../support/clock.js';
import { endOfFile } from '../../support/end-of-file.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { jobOf } from '../../support/follow.js';
import { instanceNamed } from '../../support/nhn.js';
import { connectHttp, type HttpConnection, httpPeers } from '../support/connect-http.js';
import { rawHttp } from '../support/raw-http.js';
import { type HttpServer, startHttp } from '../support/start-http.js';
import { wayTo } from '../support/way-to-fleet.js';

const end = endOfFile();
const clock = handClock();

let fleet: Fleet;
let server: HttpServer;

beforeAll(async () => {
  fleet = await startFleet({ providers: ['nhn'], end });
  server = await startHttp({ fleet, clock, end });
});

/** Names of backups are unique. */
const backupName = () => `by-hand-${randomUUID()}`;

/** Work that goes on until the fleet's clock is turned. */
async function startWork({ call }: Pick<HttpConnection, 'call'>): Promise<string> {
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  return jobOf(await call('nhn_backup_db_instance', { dbInstanceId, backupName: backupName() }));
}

const endOfWork = () => fleet.world.advance(3_600_000);

/** Ends the work for somebody who waits for it, and so looks at it again and again. */
async function endOfWaiting(): Promise<void> {
  endOfWork();
  await clock.turn(5_000);
}

const underWay = () => server.metric('pgfleet_calls_in_flight{provider="pgfleet"}');

describe.each(httpPeers)('a client of the kind %s', (peer) => {
  test('hears of progress while a call goes on', async () => {
    const connection = await connectHttp({ url: server.url, peer });
    const job = await startWork(connection);
    let heard = 0;
    const onprogress = () => {
      heard += 1;
      void endOfWaiting();
    };
    const result = await connection.call('wait_for_job', { job }, { onprogress });
    expect(result).toMatchObject({ data: { job, state: 'succeeded' } });
    expect(heard).toBeGreaterThanOrEqual(1);
  });

  test('that no longer waits ends the call', async () => {
    const connection = await connectHttp({ url: server.url, peer });
    const job = await startWork(connection);
    const control = new AbortController();
    const following = { signal: control.signal, onprogress: () => control.abort() };
    const waiting = connection.call('wait_for_job', { job }, following);
    await expect(waiting).rejects.toThrow();
    await expect.poll(underWay).toBe(0);
    endOfWork();
  });
});

describe.each(['2026', '2025'] as const)('over plain fetch, in the era of %s', (era) => {
  test('progress comes as a stream of events, and the answer at its end', async () => {
    const types: (string | null)[] = [];
    const raw = await rawHttp({
      url: server.url,
      era,
      hear: ({ method }, headers) => {
        types.push(headers.get('content-type'));
        if (method === 'notifications/progress') void endOfWaiting();
      },
    });
    const { dbInstanceId } = await instanceNamed((await connectHttp({ url: server.url })).call, 'analytics');
    const made = await raw.call('nhn_backup_db_instance', { dbInstanceId, backupName: backupName() });
    const { pgfleet } = (made.result?.['structuredContent'] ?? {}) as { pgfleet?: { job: string } };
    const params = { name: 'wait_for_job', arguments: { job: pgfleet?.job }, _meta: { progressToken: 'mine' } };
    const { frames, frame } = await raw.request('tools/call', params);
    expect(frames.length).toBeGreaterThanOrEqual(2);
    expect(frames[0]).toMatchObject({
      method: 'notifications/progress',
      params: { progressToken: 'mine', total: 40, message: expect.stringContaining(String(pgfleet?.job)) },
    });
    expect(frame.result?.['structuredContent']).toMatchObject({ state: 'succeeded' });
    expect(types.at(-1)).toBe('text/event-stream');
  });
});

test.each(['2026', '2025'] as const)('a read ends with the connection of its client, in the era of %s', async (era) => {
  const way = await wayTo(await startFleet({ providers: ['nhn'] }));
  const { url, metric } = await startHttp({ fleet: way });
  const { carriedOut, release } = way.holdBack(/^GET .*db-instances/);
  const gone = new AbortController();
  const { call } = await rawHttp({ url, era, signal: gone.signal });
  const lost = call('nhn_list_db_instances').catch(() => 'lost');
  await carriedOut();
  gone.abort();
  expect(await lost).toBe('lost');
  // The provider still holds its answer back when the request to it has ended.
  await expect.poll(() => metric('pgfleet_provider_requests_total{provider="nhn",status="aborted"}')).toBe(1);
  release();
});

test.each(['2026', '2025'] as const)('a change that was sent goes on without its client of %s', async (era) => {
  const way = await wayTo(await startFleet({ providers: ['nhn'] }));
  const { url, audit } = await startHttp({ fleet: way });
  const { dbInstanceId } = await instanceNamed((await connectHttp({ url })).call, 'staging');
  const { carriedOut, release } = way.holdBack(/^POST .*start/);
  const gone = new AbortController();
  const { call } = await rawHttp({ url, era, signal: gone.signal });
  const lost = call('nhn_start_db_instance', { dbInstanceId }).catch(() => 'lost');
  await carriedOut();
  gone.abort();
  expect(await lost).toBe('lost');
  await settle();
  release();
  await expect.poll(() => audit().at(-1)).toMatchObject({ event: 'outcome', outcome: 'succeeded' });
});

test('closing the connection ends the call of a client of 2026', async () => {
  const control = new AbortController();
  const raw = await rawHttp({
    url: server.url,
    signal: control.signal,
    hear: ({ method }) => {
      if (method === 'notifications/progress') control.abort();
    },
  });
  const job = await startWork(await connectHttp({ url: server.url }));
  const params = { name: 'wait_for_job', arguments: { job }, _meta: { progressToken: 1 } };
  await expect(raw.request('tools/call', params)).rejects.toThrow();
  await expect.poll(underWay).toBe(0);
  endOfWork();
});
