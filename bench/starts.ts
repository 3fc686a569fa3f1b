import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { listTools } from '../src/docs/list-tools.js';
import { announced } from '../src/server/catalog.js';
import { measureStart, type Start } from './processes.js';
import { path } from './servers.js';
import { median, type Out, type Verdict } from './verdict.js';

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
export async function starts(out: Out): Promise<Verdict[]> {
  const product = path('../../dist/main.js');
  const contenders = {
    empty: { args: [path('./empty-server.js')] },
    accounts: { args: [product], env: { ...credentials, PGFLEET_PROFILE: 'full' } },
    sandbox: { args: [product, '--sandbox', '--profile', 'full'], tool: 'nhn_list_db_instances' },
  };
  const measured = { empty: [] as Start[], accounts: [] as Start[], sandbox: [] as Start[] };
  const names = ['empty', 'accounts', 'sandbox'] as const;
  // In turn, so that whatever else the machine does weighs on all.
  for (let round = 0; round < rounds; round += 1)
    for (const name of names) measured[name].push(await measureStart(contenders[name]));

  const of = (name: (typeof names)[number], pick: (start: Start) => number) => median(measured[name].map(pick));
  const list = ({ listMilliseconds }: Start) => listMilliseconds;
  const memory = ({ mebibytes }: Start) => mebibytes;
  const floor = of('empty', list);
  out(`start over stdio, ${measured.accounts[0]?.tools} tools; medians of ${rounds} starts in turn`);
  const row = (text: string, value: number, unit: string, base: number, most: number): Verdict => {
    const ratio = value / base;
    out(`  ${text.padEnd(44)} ${value.toFixed(0).padStart(5)} ${unit.padEnd(3)} ${ratio.toFixed(2)} of empty`);
    return { text: `${text}: ${ratio.toFixed(2)} of an empty server, at most ${most}`, holds: ratio <= most };
  };
  out(`  ${'the empty server, unbundled'.padEnd(44)} ${floor.toFixed(0).padStart(5)} ms`);
  return [
    row('start to tools/list', of('accounts', list), 'ms', floor, 1.1),
    row('start to tools/list with --sandbox', of('sandbox', list), 'ms', floor, 1.4),
    row(
      'from there to the first answer of a tool',
      of('sandbox', (each) => each.answerMilliseconds),
      'ms',
      floor,
      0.5,
    ),
    row('resident memory at tools/list', of('accounts', memory), 'MiB', of('empty', memory), 1.1),
  ];
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
