import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { addApprovals } from '../../src/cli/approvals.js';
import { addAudit } from '../../src/cli/audit.js';
import { addDoctor } from '../../src/cli/doctor/command.js';
import { addPolicy } from '../../src/cli/policy.js';
import { createProgram } from '../../src/cli/program.js';
import { addHttp } from '../../src/cli/serve/http.js';
import { addSandbox } from '../../src/cli/serve/sandbox.js';
import { addStdio } from '../../src/cli/serve/stdio.js';
import { systemClock, systemRandom } from '../../src/cli/system.js';
import { addToken } from '../../src/cli/token.js';
import { readConfig } from '../../src/config/config.js';
import { blocksOf, pages, read, spansOf } from './documents.js';

const notRun = () => {
  throw new Error('No command is run here.');
};

const program = createProgram([addStdio, addHttp, addSandbox, addApprovals, addPolicy, addToken, addAudit, addDoctor], {
  version: '',
  env: {},
  catalog: notRun,
  loadSearch: notRun,
  loadBoard: notRun,
  fontFile: '',
  clock: systemClock,
  random: systemRandom,
  write: notRun,
  say: notRun,
  isTerminal: false,
  onExit: notRun,
  onEnd: notRun,
});

const withThoseBelow = (command: Command): Command[] => [command, ...command.commands.flatMap(withThoseBelow)];

/** As they are written: `pgfleet policy explain`. */
const nameOf = (command: Command): string =>
  command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();

const commands = withThoseBelow(program);
const names = commands.map(nameOf);
const flags = [...new Set(commands.flatMap(({ options }) => options.flatMap(({ long }) => long ?? [])))];

/** What somebody may copy into a terminal. */
const linesOf = (path: string): string[] => [
  ...spansOf(read(path)),
  ...blocksOf(read(path), 'sh').flatMap((block) => block.split('\n')),
];

test('every command and every flag stands in a page', () => {
  const all = pages.map(read).join('\n');
  const leaves = commands.filter((command) => command.commands.length === 0).map(nameOf);
  expect([...leaves, ...flags].filter((words) => !new RegExp(`${words}\\b`).test(all))).toEqual([]);
});

test('every flag that is a setting too has its variable in the page about settings', () => {
  const text = read('docs/settings.md');
  const variables = program.options
    .flatMap(({ long }) => (long ? `PGFLEET_${long.slice(2).replaceAll('-', '_').toUpperCase()}` : []))
    .filter(isSetting);
  expect(variables).toContain('PGFLEET_PROFILE');
  expect(variables.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

function isSetting(variable: string): boolean {
  try {
    readConfig({ env: { [variable]: '1' }, flags: {} });
    return true;
  } catch (error) {
    return !String(error).includes('not known');
  }
}

test.each(pages)('commands and flags in %s exist', (path) => {
  const own = linesOf(path).filter((line) => /^(pgfleet|--)\b/.test(line));
  const strangeFlags = own.flatMap((line) => line.match(/(?<=^| )--[a-z][\w-]*/g) ?? []);
  const known = [...flags, '--help', '--version'];
  expect(strangeFlags.filter((flag) => !known.includes(flag))).toEqual([]);
  const called = own.flatMap((line) => /^pgfleet(?: [a-z]+)*(?= |$)/.exec(line) ?? []);
  expect(called.filter((words) => !names.includes(words))).toEqual([]);
});
