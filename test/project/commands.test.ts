import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { addApprovals } from '../../src/cli/approvals.js';
import { addAudit } from '../../src/cli/audit.js';
import { addDoctor } from '../../src/cli/doctor/command.js';
import { addHooks } from '../../src/cli/hooks.js';
import { addPolicy } from '../../src/cli/policy.js';
import { createProgram } from '../../src/cli/program.js';
import { addHttp } from '../../src/cli/serve/http.js';
import { addSandbox } from '../../src/cli/serve/sandbox.js';
import { addStdio } from '../../src/cli/serve/stdio.js';
import { addSetup } from '../../src/cli/setup/setup.js';
import { addShell } from '../../src/cli/shell/commands.js';
import { optionOf } from '../../src/cli/shell/operation-arguments.js';
import { systemClock, systemRandom } from '../../src/cli/system.js';
import { addToken } from '../../src/cli/token.js';
import { readConfig } from '../../src/config/config.js';
import { listTools } from '../../src/docs/list-tools.js';
import { blocksOf, pages, read, spansOf } from './documents.js';

const notRun = () => {
  throw new Error('No command is run here.');
};

const program = createProgram(
  [addStdio, addHttp, addSandbox, addApprovals, addPolicy, addToken, addAudit, addDoctor, addHooks, addSetup, addShell],
  {
    version: '',
    script: '',
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
    user: notRun,
    screen: { hasColours: false },
    readInput: notRun,
    exitWith: notRun,
  },
);

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

/** The arguments of operations, as these commands take them. */
const taking = /^pgfleet (?:call|check|overview|events)\b/;
const operationFlags = (await listTools()).flatMap(({ inputSchema }) =>
  Object.keys(inputSchema.properties ?? {}).map(optionOf),
);

test('no argument of an operation has the name of a flag', () => {
  const beside = [program, ...commands.filter((command) => taking.test(nameOf(command)))];
  const own = beside.flatMap(({ options }) => options.map(({ long }) => long));
  expect(operationFlags.filter((flag) => [...own, '--help'].includes(flag))).toEqual([]);
});

/** Whether a command takes the last word as one of the choices of its argument. */
const isWithChoice = (words: string): boolean =>
  commands.some((command) =>
    command.registeredArguments[0]?.argChoices?.some((choice) => words === `${nameOf(command)} ${choice}`),
  );

test.each(pages)('commands and flags in %s exist', (path) => {
  const own = linesOf(path).filter((line) => /^(pgfleet|--)\b/.test(line));
  const known = [...flags, '--help', '--version'];
  const strangeFlags = own.flatMap((line) =>
    (line.match(/(?<=^| )--[a-z][\w-]*/g) ?? []).filter(
      (flag) => !known.includes(flag) && !(taking.test(line) && operationFlags.includes(flag)),
    ),
  );
  expect(strangeFlags).toEqual([]);
  const called = own.flatMap((line) => /^pgfleet(?: [a-z]+)*(?= |$)/.exec(line) ?? []);
  expect(called.filter((words) => !names.includes(words) && !isWithChoice(words))).toEqual([]);
});
