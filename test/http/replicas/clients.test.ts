import { beforeAll, describe, expect, test } from 'vitest';
import { endOfFile } from '../../support/end-of-file.js';
import { instanceNamed } from '../../support/nhn.js';
import { connectHttp, httpPeers } from '../support/connect-http.js';
import { type Pair, startPair } from './pair.js';

const end = endOfFile();
let pair: Pair;
beforeAll(async () => {
  pair = await startPair({ end });
});

/** Which replica each of the last messages of a client went to. */
const lastPosts = (count: number) => {
  const posts = pair.proxy.passed.filter((line) => line.startsWith('POST /mcp') || line.startsWith('POST /messages'));
  return new Set(posts.slice(-count).map((line) => line.split(' -> ')[1]));
};

describe.each(httpPeers)('a client of the kind %s', (peer) => {
  test('lists and reads at both replicas', async () => {
    const { call, listTools } = await connectHttp({ url: pair.url, peer });
    const names = (await listTools()).map(({ name }) => name);
    expect(names).toContain('nhn_restart_db_instance');
    for (const _ of ['one', 'the other', 'the first again'])
      expect((await call('nhn_list_db_instances')).data['dbInstances']).not.toEqual([]);
    expect(lastPosts(3)).toEqual(new Set([pair.a.url, pair.b.url]));
  });

  test('is asked by form, answers at the other replica, and the call is carried out once', async () => {
    const { call, asked } = await connectHttp({ url: pair.url, peer, answer: 'yes' });
    const { dbInstanceId } = await instanceNamed(call, 'analytics');
    const before = pair.fleet.changes().length;
    const result = await call('nhn_restart_db_instance', { dbInstanceId });
    expect(result.text).not.toContain('failed');
    expect(asked).toHaveLength(1);
    expect(pair.fleet.changes().slice(before)).toEqual([`POST /v1.0/db-instances/${dbInstanceId}/restart`]);
    // The question and the answer to it.
    expect(lastPosts(2)).toEqual(new Set([pair.a.url, pair.b.url]));
    pair.fleet.world.advance(3_600_000);
  });

  test('that says no at the other replica stops the call', async () => {
    const { call, asked } = await connectHttp({ url: pair.url, peer, answer: 'decline' });
    const { dbInstanceId } = await instanceNamed(call, 'analytics');
    const before = pair.fleet.changes().length;
    const result = await call('nhn_restart_db_instance', { dbInstanceId });
    expect(result).toMatchObject({ isError: true, text: expect.stringContaining('Nothing was sent') });
    expect(asked).toHaveLength(1);
    expect(pair.fleet.changes()).toHaveLength(before);
  });

  test('that cannot be asked gets a token, and comes back with it by way of the other replica', async () => {
    const { call } = await connectHttp({ url: pair.url, peer });
    const { dbInstanceId } = await instanceNamed(call, 'analytics');
    const before = pair.fleet.changes().length;
    const { data } = await call('nhn_restart_db_instance', { dbInstanceId });
    expect(data['status']).toBe('confirmation_required');
    const result = await call('confirm_operation', { confirmation_token: data['confirmation_token'] });
    expect(result.text).not.toContain('failed');
    expect(pair.fleet.changes()).toHaveLength(before + 1);
    expect(lastPosts(2)).toEqual(new Set([pair.a.url, pair.b.url]));
    pair.fleet.world.advance(3_600_000);
  });
});
