import { fileURLToPath } from 'node:url';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { announced, readCatalog } from '../src/server/catalog.js';
import { measureStart, type Start } from './processes.js';

const rounds = 11;
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

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

const floor: Start[] = [];
const product: Start[] = [];
// In turn, so that whatever else the machine does weighs on both.
for (let round = 0; round < rounds; round += 1) {
  floor.push(await measureStart([path('./empty-server.js')], {}));
  product.push(await measureStart([path('../src/main.js')], { ...credentials, PGFLEET_PROFILE: 'full' }));
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function row(name: string, unit: string, pick: (start: Start) => number): string {
  const [base, ours] = [median(floor.map(pick)), median(product.map(pick))];
  const [left, right] = [base.toFixed(0).padStart(6), ours.toFixed(0).padStart(8)];
  return `${name.padEnd(28)} ${left} ${right} ${unit.padEnd(4)} ratio ${(ours / base).toFixed(2)}`;
}

const out = (line: string) => void process.stdout.write(`${line}\n`);
out(`${product[0]?.tools} tools; medians of ${rounds} starts in turn   empty  pgfleet`);
out(row('start to tools/list', 'ms', ({ milliseconds }) => milliseconds));
out(row('resident memory then', 'MiB', ({ mebibytes }) => mebibytes));

const catalog = await readCatalog();
const listed = catalog.map(announced);
const core = new Set(catalog.filter((entry) => entry.core).map(({ name }) => name));
const tokens = (tools: unknown) => encode(JSON.stringify(tools)).length;
out(
  `tokens (o200k) of tools/list: full ${tokens(listed)}, core ${tokens(listed.filter(({ name }) => core.has(name)))}`,
);
