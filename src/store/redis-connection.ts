import { createClient, ErrorReply } from '@redis/client';
import { StoreError } from './store.js';

export type RedisClient = ReturnType<typeof openClient>;

export interface RedisConnection {
  /** For everything except subscriptions. */
  readonly commands: RedisClient;
  /** For subscriptions only. */
  readonly subscriptions: RedisClient;
  /** Does the work within about two seconds. Otherwise it throws a `StoreError`. */
  bounded: <T>(work: () => Promise<T>) => Promise<T>;
  close: () => Promise<void>;
}

/** The longest wait for an answer. */
const answerMilliseconds = 2_000;
/**
 * A connection without any data for this long is dead, for example because a machine is gone. Pings keep a good one
 * busy.
 */
const silentMilliseconds = 6_000;
const longestPauseMilliseconds = 2_000;

/**
 * Connects, or continues to try in the background when that takes too long, because a store may start after its users.
 */
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
  // Rejects only when it is closed before it has ever answered.
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
      // Commands that were sent are answered first. A subscription has nothing to wait for.
      if (commands.isReady) await withinLimit(() => commands.close()).catch(() => undefined);
      for (const client of both) client.destroy();
    },
  };
}

function openClient(url: string) {
  return createClient({
    url,
    // A guarded call is told at once that the store is unavailable, and does not wait for it.
    disableOfflineQueue: true,
    commandOptions: { timeout: answerMilliseconds },
    pingInterval: silentMilliseconds / 3,
    // Some servers with this protocol have neither of these.
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

/** The address without the user and the password that may be in it. */
function placeOf(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

/** A failure to connect to several addresses of one name has no message, only a code. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || (error as NodeJS.ErrnoException).code || error.name;
}
