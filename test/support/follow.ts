import type { Client } from '@modelcontextprotocol/client';
import type { Connection } from './connect.js';
import type { Fleet } from './fleet.js';

export interface Followed {
  state: string;
  providerState: string;
  next: string;
  /** What was told on the way. */
  heard: string[];
}

/** Waits for a job to its end; each time that it turns out to go on, the fleet's clock is turned, by a minute. */
export async function follow({ client }: Connection, fleet: Fleet, job: string, step = 60_000): Promise<Followed> {
  const heard: string[] = [];
  const onprogress = ({ message = '' }: { message?: string }) => {
    heard.push(message);
    fleet.world.advance(step);
  };
  const request = { name: 'wait_for_job', arguments: { job } };
  const { structuredContent } = await (client as Client).callTool(request, { onprogress });
  return { ...(structuredContent as Omit<Followed, 'heard'>), heard };
}

/** The same for work whose way there is of no interest: its time has passed before anybody asks. */
export async function finished({ call }: Connection, fleet: Fleet, job: string): Promise<Record<string, unknown>> {
  fleet.world.advance(600_000);
  return (await call('wait_for_job', { job })).data;
}

/** The handle of the work that a change has started. */
export function jobOf({ data, text }: { data: Record<string, unknown>; text: string }): string {
  const { job } = (data['pgfleet'] ?? {}) as { job?: string };
  if (!job) throw new Error(`There is no job in: ${text}`);
  return job;
}
