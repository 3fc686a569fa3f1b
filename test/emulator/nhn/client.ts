import * as z from 'zod';
import type { Scenario } from '../../../src/emulator/core/world.js';
import { start } from '../start.js';

const header = z.object({ resultCode: z.number(), resultMessage: z.string(), isSuccessful: z.boolean() });
const row = z.record(z.string(), z.json());
type Row = z.infer<typeof row>;

/** A client with a token on an emulator whose clock only moves by hand. */
export async function connect({ scenario }: { scenario?: Scenario } = {}) {
  const { world, faults, app, environment } = start('nhn', { scenario });
  const { NHN_BASE_URL, NHN_TOKEN_URL = '', NHN_APP_KEY = '', NHN_ACCESS_KEY_ID, NHN_SECRET_ACCESS_KEY } = environment;
  const basic = Buffer.from(`${NHN_ACCESS_KEY_ID}:${NHN_SECRET_ACCESS_KEY}`).toString('base64');
  const newToken = async () => {
    const answer = await app.request(NHN_TOKEN_URL, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    return z.object({ access_token: z.string() }).parse(await answer.json()).access_token;
  };
  let token = await newToken();
  /** Needed once a day. */
  const signIn = async () => {
    token = await newToken();
  };

  const send = (
    method: string,
    path: string,
    { body, appKey = NHN_APP_KEY }: { body?: object; appKey?: string } = {},
  ) =>
    app.request(`${NHN_BASE_URL}${path}`, {
      method,
      headers: { 'x-tc-app-key': appKey, 'x-nhn-authorization': `Bearer ${token}` },
      body: body && JSON.stringify(body),
    });

  /** What came beside the header, and from the header the code and the message. */
  const call = async (method: string, path: string, body?: object, appKey?: string) => {
    const response = await send(method, path, { body, appKey });
    const { header: head, ...data } = z
      .object({ header })
      .catchall(z.json())
      .parse(await response.json());
    return { code: head.resultCode, message: head.resultMessage, data };
  };
  const list = async (path: string, field: string): Promise<Row[]> =>
    z.array(row).parse((await call('GET', path)).data[field]);
  const idOf = async (path: string, field: string, [name, id]: [name: string, id: string], wanted: string) =>
    text((await list(path, field)).find((found) => found[name] === wanted)?.[id]);
  const instanceId = (name: string) =>
    idOf('/v1.0/db-instances', 'dbInstances', ['dbInstanceName', 'dbInstanceId'], name);
  const instance = async (name: string) => (await call('GET', `/v1.0/db-instances/${await instanceId(name)}`)).data;
  const jobStatus = async (jobId: unknown) => (await call('GET', `/v3.0/jobs/${text(jobId)}`)).data.jobStatus;
  return { world, faults, signIn, send, call, list, idOf, instanceId, instance, jobStatus };
}

export type Client = Awaited<ReturnType<typeof connect>>;

const statistics = z.array(z.object({ values: z.array(z.tuple([z.number(), z.string()])) }));

/** The values of a metric of an instance: the last one is that of now. */
export async function valuesOf(
  { world, instanceId, call }: Client,
  {
    name,
    metric,
    minutes = 2880,
    interval = 60,
  }: { name: string; metric: string; minutes?: number; interval?: number },
): Promise<number[]> {
  const now = world.now();
  const query = new URLSearchParams({
    dbInstanceId: await instanceId(name),
    metricNames: metric,
    from: new Date(now - minutes * seconds(60)).toISOString(),
    to: new Date(now).toISOString(),
    interval: String(interval),
  });
  const { data } = await call('GET', `/v1.0/metric-statistics?${query.toString()}`);
  const [first] = statistics.parse(data.metricStatistics);
  return (first?.values ?? []).map(([, value]) => Number(value));
}

/** The codes of the events of an instance in the last hour, the oldest first. */
export async function eventCodes({ world, instanceId, list }: Client, name: string): Promise<unknown[]> {
  const query = new URLSearchParams({
    page: '1',
    size: '100',
    eventCategoryType: 'ALL',
    sourceId: await instanceId(name),
    from: new Date(world.now() - seconds(3600)).toISOString(),
    to: new Date(world.now()).toISOString(),
  });
  const events = await list(`/v1.0/events?${query.toString()}`, 'events');
  return events.map(({ eventCode }) => eventCode).toReversed();
}

export const seconds = (count: number): number => count * 1000;

/** For a field that has to be text, such as an id. */
export const text = (value: unknown): string => z.string().parse(value);
