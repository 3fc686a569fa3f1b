import { expect, test } from 'vitest';
import { run } from '../support/raw.js';
import { startRedis } from '../support/services/redis.js';

test('a server over stdio that shares a store ends when its client closes the pipe', async () => {
  const { url } = await startRedis();
  expect(await run(['--sandbox', 'nhn'], { PGFLEET_STORE: url })).toEqual({ code: 0, stdout: '', stderr: '' });
});
