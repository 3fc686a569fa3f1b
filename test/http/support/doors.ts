import { type Answer, type Connection, connect } from '../../support/connect.js';
import type { Fleet } from '../../support/fleet.js';
import { connectHttp } from './connect-http.js';
import { startHttp } from './start-http.js';

/** The ways in to a server, each in both protocol eras. */
export const doors = [
  { over: 'stdio', peer: '2026' },
  { over: 'stdio', peer: '2025' },
  { over: 'HTTP', peer: '2026' },
  { over: 'HTTP', peer: '2025' },
  { over: 'HTTP+SSE', peer: 'former SDK over SSE' },
] as const;
export type Door = (typeof doors)[number];

export interface Entered extends Pick<Connection, 'call' | 'asked'> {
  fleet: Fleet;
}

interface EnterOptions {
  fleet: Fleet;
  env: Record<string, string>;
  answer?: Answer;
  end?: (close: () => Promise<void>) => void;
}

/** A real client on a server of its own, by one of the ways in. */
export async function enter(door: Door, options: EnterOptions): Promise<Entered> {
  const { fleet, env, answer, end } = options;
  if (door.over === 'stdio') return { ...(await connect({ fleet, env, answer, end, peer: door.peer })), fleet };
  const { url } = await startHttp({ fleet, env, end });
  return { ...(await connectHttp({ url, answer, end, peer: door.peer })), fleet };
}
