import { expect, onTestFinished, test, vi } from 'vitest';
import { openStore } from '../../src/store/index.js';
import { type Store, StoreError } from '../../src/store/store.js';
import { freePort, type Redis, startRedis } from '../support/redis.js';

const now = () => Date.now();
const expires = () => now() + 60_000;

async function open(url: string) {
  const logged: string[] = [];
  const store = await openStore({ url, now, log: (line) => logged.push(line) });
  onTestFinished(() => store.close());
  return { store, logged };
}

const uses: [string, (store: Store) => Promise<unknown>][] = [
  ['get', (store) => store.get('c', 'a')],
  ['list', (store) => store.list('c')],
  ['compareAndSet', (store) => store.compareAndSet('c', 'a', { next: 'x', expires: expires() })],
  ['append', (store) => store.append('l', 'x', 3)],
  ['newest', (store) => store.newest('l', 3)],
  ['publish', (store) => store.publish('channel', 'x')],
  ['subscribe', (store) => store.subscribe('channel', () => undefined)],
  ['take', (store) => store.take('k', 3)],
  ['enter', (store) => store.acquire('p', 'h', 1, expires())],
  ['leave', (store) => store.release('p', 'h')],
  ['ping', (store) => store.ping()],
];

/** Every use of a store that is away throws the same error, in a while that the story outlives. */
async function expectAway(store: Store, reason = ''): Promise<void> {
  const results = await Promise.all(
    uses.map(async ([name, use]) => [name, await use(store).catch((error: unknown) => error)] as const),
  );
  for (const [name, result] of results) {
    expect(result, name).toBeInstanceOf(StoreError);
    expect(String(result), name).toMatch(/The shared store cannot be reached .*PGFLEET_STORE/);
    expect(String(result), name).toContain(reason);
  }
}

const backAgain = (store: Store) => vi.waitFor(() => store.ping(), { timeout: 15_000 });

async function listening(store: Store) {
  const heard: string[] = [];
  await store.subscribe('news', (message) => void heard.push(message));
  return heard;
}

test('a store that is killed is away at once; started again it works, and who listened hears again', async () => {
  const redis = await startRedis();
  const { store, logged } = await open(redis.url);
  const { store: other } = await open(redis.url);
  const heard = await listening(store);
  await redis.stop();
  await vi.waitFor(() => expectAway(store));
  await startRedis({ port: redis.port });
  await backAgain(store);
  await backAgain(other);
  await vi.waitFor(async () => {
    expect(await other.publish('news', 'back')).toBe(1);
    expect(heard).toContain('back');
  });
  expect(logged).toEqual([
    expect.stringMatching(/^The shared store at redis:\/\/127\.0\.0\.1:\d+ cannot be reached: /),
    expect.stringMatching(/^The shared store at redis:\/\/127\.0\.0\.1:\d+ answers again\.$/),
  ]);
});

test('a store that says nothing any more is away after a while, and back when it speaks again', async () => {
  const redis = await startRedis();
  const { store } = await open(redis.url);
  const heard = await listening(store);
  redis.freeze();
  await expectAway(store, 'no answer in 2000 ms');
  redis.thaw();
  await backAgain(store);
  await vi.waitFor(async () => {
    await store.publish('news', 'thawed');
    expect(heard).toContain('thawed');
  });
});

test('a store may start after those who use it', async () => {
  const port = await freePort();
  const { store, logged } = await open(`redis://127.0.0.1:${port}`);
  await expectAway(store);
  await startRedis({ port });
  await backAgain(store);
  await vi.waitFor(() => expect(logged).toHaveLength(2));
});

test('a password opens the store, is needed, and stands in no log and no error', async () => {
  const redis = await startRedis({ password: 'hush-hush' });
  const { store: allowed, logged: quiet } = await open(redis.url);
  await allowed.ping();
  expect(quiet).toEqual([]);
  const { store, logged } = await open(redis.url.replace('hush-hush', 'wrong-guess'));
  const error: unknown = await store.ping().catch((refused: unknown) => refused);
  expect(error).toBeInstanceOf(StoreError);
  expect(logged).toHaveLength(1);
  for (const secret of ['hush-hush', 'wrong-guess']) expect(`${logged.join()} ${String(error)}`).not.toContain(secret);
});

test('what the store refuses is told as such', async () => {
  const redis: Redis = await startRedis();
  const { store } = await open(redis.url);
  await store.append('taken', 'x', 3);
  await expect(store.compareAndSet('c', 'a', { next: 'x', expires: Number.NaN })).rejects.toThrow(
    /refused a command .*PGFLEET/,
  );
});

test('a closed store lets the process end, whether it was reached or not', async () => {
  const redis = await startRedis();
  const { store } = await open(redis.url);
  const { store: never } = await open(`redis://127.0.0.1:${await freePort()}`);
  await store.close();
  await never.close();
  await store.close();
  await expectAway(store);
  await expectAway(never);
});
