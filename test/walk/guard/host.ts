import { rawHttp } from '../../http/support/raw-http.js';
import { startHttp } from '../../http/support/start-http.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { type Frame, type RawOptions, startRaw } from '../../support/raw.js';

const list = 'nhn_list_db_instances';

/** A client that shows forms in a way of its own, and its server. */
export interface Host {
  fleet: Fleet;
  staging: string;
  call: (name: string, args?: object, beside?: object) => Promise<Frame>;
  /** Every message of the server, in the order in which they came. */
  heard: Frame[];
  /** Answers a question by its id, however late. */
  answer: (id: Frame['id'], result: Record<string, unknown>) => Promise<unknown>;
  /** Cancels the first call after the host has begun. */
  cancel: () => Promise<unknown>;
  audit: () => Record<string, unknown>[];
  /** Where the approval page is, and its one-time code, once they were told. */
  page: () => { origin: string; code: string };
}

/** In the era of 2025, a host's first requests are the handshake and the list of instances. */
const cancelled = { method: 'notifications/cancelled', params: { requestId: 3 } };

export interface HostOptions extends Pick<RawOptions, 'era' | 'capabilities' | 'env' | 'clock'> {
  reply?: (question: Frame) => Pick<Frame, 'result' | 'error'> | undefined;
}

async function overStdio({ reply, ...options }: HostOptions): Promise<Host> {
  const fleet = await startFleet({ providers: ['nhn'] });
  const raw = await startRaw({ ...options, fleet, ...(reply && { reply: (params, id) => reply({ params, id }) }) });
  const told = (what: RegExp) => what.exec(raw.stderr())?.[1] ?? '';
  return {
    fleet,
    staging: await idOfStaging(raw.call),
    call: raw.call,
    get heard() {
      return raw.lines.map((line) => JSON.parse(line) as Frame);
    },
    answer: async (id, result) => raw.write(JSON.stringify({ jsonrpc: '2.0', id, result })),
    cancel: async () => raw.write(JSON.stringify({ jsonrpc: '2.0', ...cancelled })),
    audit: raw.audit,
    page: () => ({
      origin: told(/approval page: (\S+)\/approvals/),
      code: told(/one-time code for the approval page: (\S+)/),
    }),
  };
}

async function overHttp({ env, clock, ...options }: HostOptions): Promise<Host> {
  const fleet = await startFleet({ providers: ['nhn'] });
  const server = await startHttp({ fleet, env, clock });
  const heard: Frame[] = [];
  const raw = await rawHttp({ ...options, url: server.url, hear: (frame) => void heard.push(frame) });
  return {
    fleet,
    staging: await idOfStaging(raw.call),
    call: raw.call,
    heard,
    answer: raw.answer,
    cancel: () => raw.notify(cancelled.method, cancelled.params),
    audit: server.audit,
    page: () => ({ origin: server.url, code: server.code() }),
  };
}

async function idOfStaging(call: Host['call']): Promise<string> {
  const { result } = await call(list);
  const { dbInstances = [] } = (result?.['structuredContent'] ?? {}) as { dbInstances?: Record<string, string>[] };
  return dbInstances.find(({ dbInstanceName }) => dbInstanceName === 'staging')?.['dbInstanceId'] ?? '';
}

/** The same host over either transport. */
export const ways = [
  ['stdio', overStdio],
  ['HTTP', overHttp],
] as const;
