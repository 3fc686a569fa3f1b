import { connectAccounts } from '../../app/accounts.js';
import { openOutbound } from '../../app/outbound.js';
import { toolsTaken } from '../../app/served.js';
import { type Config, type ExaminedConfig, secretsIn } from '../../config/config.js';
import { ConfigError } from '../../define/config-error.js';
import { mask } from '../../observe/mask.js';
import type { Account } from '../../providers/account.js';
import { openNetwork } from '../../providers/wire/network.js';
import { type CommandContext, CommandFailed } from '../command-context.js';
import { examineAccount } from './account/examine.js';
import { noteTraffic } from './account/traffic.js';
import { type ClientContext, clientLines } from './client/client.js';
import { type DoctorLine, faultLine, okLine } from './line.js';
import { machineLines } from './machine.js';
import { reportOf } from './report.js';
import { countsOf, doctorText } from './text.js';

export interface DoctorOptions {
  examined: ExaminedConfig;
  /** Faults of the sandbox, as the command line names them. */
  faults?: readonly string[];
  /** What is printed: text, the lines as one JSON object, or what the project needs of them. */
  form: 'text' | 'json' | 'report';
  /** The host whose side is looked at too. */
  client?: ClientContext & { name: string };
}

/** Looks at everything, prints what it found, and fails where there is a fault. */
export async function runDoctor(options: DoctorOptions, context: CommandContext): Promise<void> {
  const { say, version } = context;
  const shown = mask(secretsIn(options.examined.config));
  const { lines: looked, accounts } = await examine(options, context);
  const { client } = options;
  const found = [...(client ? await clientLines(client.name, client) : []), ...looked];
  const lines = found.map(({ says, mend, ...line }): DoctorLine => {
    const masked = { ...line, says: shown(says) };
    return mend === undefined ? masked : { ...masked, mend: shown(mend) };
  });
  const counts = countsOf(lines);
  const forms = {
    text: () => doctorText(lines),
    json: () => printed({ version, ...counts, lines }),
    report: () => printed(reportOf(version, lines, accounts)),
  };
  say(forms[options.form]());
  const faults = counts.fault === 1 ? '1 fault, which keeps' : `${counts.fault} faults, which keep`;
  if (counts.fault > 0) throw new CommandFailed(`The doctor found ${faults} something from working.`);
}

const printed = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

interface Examination {
  lines: DoctorLine[];
  accounts: ReadonlyMap<string, Account>;
}

async function examine({ examined, faults }: DoctorOptions, context: CommandContext): Promise<Examination> {
  const settings = settingsLines(examined);
  try {
    const remarks: string[] = [];
    const log = (line: string) => void remarks.push(line);
    const outbound = await openOutbound({ ...context, config: examined.config, faults, log });
    try {
      const seen = await examineWith(outbound, context);
      const { accounts } = outbound.config;
      return { lines: [...settings, ...remarks.map((remark) => okLine('settings', remark)), ...seen], accounts };
    } finally {
      await outbound.close();
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    // Where each account has a fault, that there is none is no other one.
    const told = examined.faults.length > 0 ? settings : error.faults.map(settingFault);
    const { fetch } = openNetwork({ proxies: examined.config.proxies });
    const machine = await machineLines({
      ...context,
      config: examined.config,
      catalog: await context.catalog(),
      fetch,
    });
    return { lines: [...told, ...machine], accounts: new Map() };
  }
}

type Outward = Pick<Awaited<ReturnType<typeof openOutbound>>, 'send' | 'fetch'> & { config: Config };

async function examineWith({ config, send, fetch }: Outward, context: CommandContext): Promise<DoctorLine[]> {
  const { clock, random, version } = context;
  const catalog = await context.catalog();
  const traffic = noteTraffic(clock.now);
  const accounts = connectAccounts({
    accounts: config.accounts,
    send,
    observer: traffic.observer,
    retry: { clock, random },
    taken: toolsTaken(config, catalog),
  });
  const common = { accounts, proxies: config.proxies, now: clock.now };
  const machine = machineLines({ config, catalog, fetch, clock, version });
  const each = accounts.all.map((account) => examineAccount(account, { ...common, traffic: traffic.of(account.name) }));
  return (await Promise.all([machine, ...each])).flat();
}

const settingFault = (fault: string): DoctorLine =>
  faultLine('settings', fault, 'Correct the setting; docs/settings.md has the form of each.');

/** What has a fault is left out of the rest. */
const settingsLines = ({ faults }: ExaminedConfig): DoctorLine[] =>
  faults.length > 0 ? faults.map(settingFault) : [okLine('settings', 'Every setting has a form that can be used.')];
