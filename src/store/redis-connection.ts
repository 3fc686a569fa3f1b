import { createClient, ErrorReply } from '@redis/client';
import { StoreError } from './store.js';

export type RedisClient = ReturnType<typeof openClient>;

export interface RedisConnection {
  /** For everything but subscriptions. */
  readonly commands: RedisClient;
  /** For subscriptions alone. */
  readonly subscriptions: RedisClient;
  /** Does what it can within about two seconds; throws a `StoreError` otherwise. */
  bounded: <T>(work: () => Promise<T>) => Promise<T>;
  close: () => Promise<void>;
}

/** How long anybody waits for an answer. */
const answerMilliseconds = 2_000;
/** A connection over which nothing came for so long is dead, as when a machine vanished; pings keep a good one busy. */
const silentMilliseconds = 6_000;
const longestPauseMilliseconds = 2_000;

/** Connects, or goes on trying in the background when that takes too long: a store may start after those who use it. */
export async function connectRedis(url: string, log: (line: string) => void): Promise<RedisConnection> {
  const [commands, subscriptions] = [openClient(url), openClient(url)];
  const both = [commands, subscriptions];
  const place = placeOf(url);
  let isOut = false;
  let isClosed = false;
  for (const client of both) {
    client.on('error', (error: unknown) => {
      if (isOut || isClosed) return;
      isOut = true;
      log(`The shared store at ${place} cannot be reached: ${reasonOf(error)}. It is tried again until it answers.`);
    });
    client.on('ready', () => {
      if (!isOut || !both.every(({ isReady }) => isReady)) return;
      isOut = false;
      log(`The shared store at ${place} answers again.`);
    });
  }
  // Rejects only when it is closed before it ever answered.
  const connecting = Promise.all(both.map((client) => client.connect())).catch(() => undefined);
  await withinLimit(() => connecting).catch(() => undefined);

  return {
    commands,
    subscriptions,
    async bounded(work) {
      try {
        return await withinLimit(work);
      } catch (error) {
        throw new StoreError(error instanceof ErrorReply ? 'refused a command' : 'cannot be reached', error);
      }
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      // What was sent is answered first; a subscription has nothing to wait for.
      if (commands.isReady) await withinLimit(() => commands.close()).catch(() => undefined);
      for (const client of both) client.destroy();
    },
  };
}

function openClient(url: string) {
  return createClient({
    url,
    // Whoever guards something is told at once that the store is away, and does not wait for it.
    disableOfflineQueue: true,
    commandOptions: { timeout: answerMilliseconds },
    pingInterval: silentMilliseconds / 3,
    // Neither exists in every server that speaks this protocol.
    disableClientInfo: true,
    maintNotifications: 'disabled',
    socket: {
      connectTimeout: answerMilliseconds,
      socketTimeout: silentMilliseconds,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** Math.min(retries, 10), longestPauseMilliseconds),
    },
  });
}

async function withinLimit<T>(work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${answerMilliseconds} ms`)), answerMilliseconds);
  });
  try {
    return await Promise.race([work(), limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Without the user and the password that may stand in the address. */
function placeOf(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

/** A failure to connect to several addresses of one name has no message, only a code. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || (error as NodeJS.ErrnoException).code || error.name;
}
