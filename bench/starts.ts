import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { listTools } from '../src/docs/list-tools.js';
import { announced } from '../src/server/catalog.js';
import { measureStart, type Start } from './processes.js';
import { path } from './servers.js';
import { median, type Out } from './verdict.js';

const rounds = 11;

/** Credentials of nobody: a server lists its tools without calling anyone. */
const credentials = {
  NHN_APP_KEY: 'bench',
  NHN_ACCESS_KEY_ID: 'bench',
  NHN_SECRET_ACCESS_KEY: 'bench',
  SAMSUNG_ACCESS_KEY: 'bench',
  SAMSUNG_SECRET_KEY: 'bench',
  NAVER_ACCESS_KEY: 'bench',
  NAVER_SECRET_KEY: 'bench',
  CEGEDIM_CLIENT_ID: 'bench',
  CEGEDIM_CLIENT_SECRET: 'bench',
};

/** Start and memory over stdio, of an empty server and of ours with all tools. */
export async function starts(out: Out): Promise<void> {
  const floor: Start[] = [];
  const product: Start[] = [];
  // In turn, so that whatever else the machine does weighs on both.
  for (let round = 0; round < rounds; round += 1) {
    floor.push(await measureStart([path('./empty-server.js')], {}));
    product.push(await measureStart([path('../../dist/main.js')], { ...credentials, PGFLEET_PROFILE: 'full' }));
  }
  const row = (name: string, unit: string, pick: (start: Start) => number) => {
    const [base, ours] = [median(floor.map(pick)), median(product.map(pick))];
    const [left, right] = [base.toFixed(0).padStart(6), ours.toFixed(0).padStart(8)];
    out(`${name.padEnd(28)} ${left} ${right} ${unit.padEnd(4)} ratio ${(ours / base).toFixed(2)}`);
  };
  out(`${product[0]?.tools} tools; medians of ${rounds} starts in turn   empty  pgfleet`);
  row('start to tools/list', 'ms', ({ milliseconds }) => milliseconds);
  row('resident memory then', 'MiB', ({ mebibytes }) => mebibytes);
}

/** What the lists of tools cost whoever reads them. */
export async function tokens(out: Out): Promise<void> {
  const catalog = await listTools();
  const listed = catalog.map(announced);
  const core = new Set(catalog.filter((entry) => entry.core).map(({ name }) => name));
  const count = (tools: unknown) => encode(JSON.stringify(tools)).length;
  out(
    `tokens (o200k) of tools/list: full ${count(listed)}, core ${count(listed.filter(({ name }) => core.has(name)))}`,
  );
}
