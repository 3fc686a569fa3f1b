import { createEmulator } from '../../../src/emulator/index.js';
import { serveEmulator } from '../../../src/emulator/serve.js';
import type { HttpRequest, Send } from '../../../src/providers/wire/http.js';

type Row = Record<string, unknown>;

/** Where a provider lists its instances, and what tells two of them apart there. */
const lists: { path: RegExp; rows: string; ids: string[]; name: string; count?: string }[] = [
  { path: /\/db-instances$/, rows: 'dbInstances', ids: ['dbInstanceId'], name: 'dbInstanceName' },
  { path: /\/v1\/clusters$/, rows: 'contents', ids: ['id'], name: 'name', count: 'count' },
  {
    path: /\/getCloudPostgresqlInstanceList$/,
    rows: 'cloudPostgresqlInstanceList',
    ids: ['cloudPostgresqlInstanceNo'],
    name: 'cloudPostgresqlServiceName',
    count: 'totalRows',
  },
  { path: /\/compute\/resources$/, rows: 'content', ids: ['id', 'internalResourceId'], name: 'name' },
];

export interface Many {
  environment: Record<string, string>;
  /** How many requests have come. */
  requests: () => number;
}

/**
 * The emulators with their lists grown to so many rows each. What is read of a copy by its id is the original's, where
 * the address is not signed; where it is, the provider knows of no such instance.
 */
export async function startMany(each: number, end: (close: () => Promise<void>) => void): Promise<Many> {
  const emulator = createEmulator({ speed: 0 });
  const originals = new Map<string, string>();
  let requests = 0;
  const send: Send = async (request, signal) => {
    requests += 1;
    const { pathname } = new URL(request.url);
    const list = lists.find(({ path }) => path.test(pathname));
    const answer = await emulator.send(list ? request : toOriginal(request, originals), signal);
    if (!list || answer.status !== 200) return answer;
    const whole = JSON.parse(answer.body) as Row;
    grow(whole, list, each, originals);
    return { ...answer, headers: withoutLength(answer.headers), body: JSON.stringify(whole) };
  };
  const { environment, close } = await serveEmulator({ ...emulator, send });
  end(close);
  return { environment, requests: () => requests };
}

function grow(whole: Row, list: (typeof lists)[number], each: number, originals: Map<string, string>): void {
  const holder = [whole, ...Object.values(whole)].find((value) => isRow(value) && Array.isArray(value[list.rows]));
  if (!isRow(holder)) return;
  const rows = (holder[list.rows] as Row[]).filter((row) => row['type'] === undefined || isPostgres(row));
  const [first] = list.ids;
  if (rows.length === 0 || first === undefined) return;
  holder[list.rows] = Array.from({ length: each }, (_, index) => {
    const row = rows[index % rows.length] ?? {};
    const round = Math.floor(index / rows.length);
    if (round === 0) return row;
    const ids = list.ids.map((key) => {
      const copy = copyOf(row[key], round);
      originals.set(String(copy), String(row[key]));
      return [key, copy];
    });
    return { ...row, ...Object.fromEntries(ids), [list.name]: `${String(row[list.name])}-${round}` };
  });
  if (list.count) holder[list.count] = each;
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const isPostgres = ({ type }: Row): boolean => /postgres/i.test(String(type));

function copyOf(id: unknown, round: number): unknown {
  if (typeof id === 'number') return id + round * 1_000_000;
  const text = String(id);
  const end = String(round).padStart(3, '0');
  return /^\d+$/.test(text) ? text + end : text.slice(0, -3) + end;
}

function toOriginal(request: HttpRequest, originals: ReadonlyMap<string, string>): HttpRequest {
  const url = request.url.replace(/[\w-]+/g, (word) => originals.get(word) ?? word);
  return { ...request, url };
}

const withoutLength = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-length'));
