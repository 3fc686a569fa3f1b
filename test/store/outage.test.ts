import { describe, expect, type TestContext, test, vi } from 'vitest';
import { openStore } from '../../src/store/index.js';
import { type Store, StoreError } from '../../src/store/store.js';
import { freePort, type Redis, startRedis } from '../support/services/redis.js';

const now = () => Date.now();
const expires = () => now() + 60_000;

type End = TestContext['onTestFinished'];

async function open(url: string, end: End) {
  const logged: string[] = [];
  const store = await openStore({ url, now, log: (line) => logged.push(line) });
  end(() => store.close());
  return { store, logged };
}

const uses: [string, (store: Store) => Promise<unknown>][] = [
  ['get', (store) => store.get('c', 'a')],
  ['list', (store) => store.list('c')],
  ['compareAndSet', (store) => store.compareAndSet('c', 'a', { next: 'x', expires: expires() })],
  [
    'compareAndSetAll',
    (store) => store.compareAndSetAll([{ collection: 'c', id: 'a', next: 'x', expires: expires() }]),
  ],
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

/** However busy the machine: longer than a story may take. */
const patience = { timeout: 60_000 };
const backAgain = (store: Store) => vi.waitFor(() => store.ping(), patience);

async function listening(store: Store) {
  const heard: string[] = [];
  await store.subscribe('news', (message) => void heard.push(message));
  return heard;
}

// What takes long is that a store is missed and found again: the stories wait for it side by side.
describe.concurrent('a store', () => {
  test('a store that is killed is away at once; started again it works, and who listened hears again', async ({
    onTestFinished: end,
  }) => {
    const redis = await startRedis({ end });
    const { store, logged } = await open(redis.url, end);
    const { store: other } = await open(redis.url, end);
    const heard = await listening(store);
    await redis.stop();
    await vi.waitFor(() => expectAway(store), patience);
    await startRedis({ port: redis.port, end });
    await backAgain(store);
    await backAgain(other);
    await vi.waitFor(async () => {
      expect(await other.publish('news', 'back')).toBe(1);
      expect(heard).toContain('back');
    }, patience);
    expect(logged).toEqual([
      expect.stringMatching(/^The shared store at redis:\/\/127\.0\.0\.1:\d+ cannot be reached: /),
      expect.stringMatching(/^The shared store at redis:\/\/127\.0\.0\.1:\d+ answers again\.$/),
    ]);
  });

  test('a store that says nothing any more is away after a while, and back when it speaks again', async ({
    onTestFinished: end,
  }) => {
    const redis = await startRedis({ end });
    const { store } = await open(redis.url, end);
    const heard = await listening(store);
    redis.freeze();
    await expectAway(store, 'no answer in 2000 ms');
    redis.thaw();
    await backAgain(store);
    await vi.waitFor(async () => {
      await store.publish('news', 'thawed');
      expect(heard).toContain('thawed');
    }, patience);
  });

  test('a store may start after those who use it', async ({ onTestFinished: end }) => {
    const port = await freePort();
    const { store, logged } = await open(`redis://127.0.0.1:${port}`, end);
    await expectAway(store);
    await startRedis({ port, end });
    await backAgain(store);
    await vi.waitFor(() => expect(logged).toHaveLength(2), patience);
  });

  test('a password opens the store, is needed, and stands in no log and no error', async ({ onTestFinished: end }) => {
    const redis = await startRedis({ password: 'hush-hush', end });
    const { store: allowed, logged: quiet } = await open(redis.url, end);
    await allowed.ping();
    expect(quiet).toEqual([]);
    const { store, logged } = await open(redis.url.replace('hush-hush', 'wrong-guess'), end);
    const error: unknown = await store.ping().catch((refused: unknown) => refused);
    expect(error).toBeInstanceOf(StoreError);
    expect(logged).toHaveLength(1);
    for (const secret of ['hush-hush', 'wrong-guess'])
      expect(`${logged.join()} ${String(error)}`).not.toContain(secret);
  });

  test('what the store refuses is told as such', async ({ onTestFinished: end }) => {
    const redis: Redis = await startRedis({ end });
    const { store } = await open(redis.url, end);
    await store.append('taken', 'x', 3);
    await expect(store.compareAndSet('c', 'a', { next: 'x', expires: Number.NaN })).rejects.toThrow(
      /refused a command .*PGFLEET/,
    );
  });

  test('a closed store lets the process end, whether it was reached or not', async ({ onTestFinished: end }) => {
    const redis = await startRedis({ end });
    const { store } = await open(redis.url, end);
    const { store: never } = await open(`redis://127.0.0.1:${await freePort()}`, end);
    await store.close();
    await never.close();
    await store.close();
    await expectAway(store);
    await expectAway(never);
  });
});
