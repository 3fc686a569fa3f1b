import { connectAccounts } from '../../app/accounts.js';
import { openOutbound } from '../../app/outbound.js';
import { toolsTaken } from '../../app/served.js';
import { type Config, type ExaminedConfig, secretsIn } from '../../config/config.js';
import { ConfigError } from '../../define/config-error.js';
import { mask } from '../../observe/mask.js';
import { type CommandContext, CommandFailed } from '../command-context.js';
import { examineAccount } from './account/examine.js';
import { noteTraffic } from './account/traffic.js';
import { type DoctorLine, faultLine, okLine } from './line.js';
import { machineChecks } from './machine.js';
import { countsOf, doctorText } from './text.js';

export interface DoctorOptions {
  examined: ExaminedConfig;
  /** Faults of the sandbox, as the command line names them. */
  faults?: readonly string[];
  /** Answers as one JSON object instead of text. */
  json?: boolean;
}

/** Looks at everything, prints what it found, and fails where there is a fault. */
export async function runDoctor(options: DoctorOptions, context: CommandContext): Promise<void> {
  const { say, version } = context;
  const shown = mask(secretsIn(options.examined.config));
  const lines = (await examine(options, context)).map(
    ({ says, mend, ...line }): DoctorLine => ({
      ...line,
      says: shown(says),
      ...(mend !== undefined && { mend: shown(mend) }),
    }),
  );
  const counts = countsOf(lines);
  say(options.json ? `${JSON.stringify({ version, ...counts, lines }, undefined, 2)}\n` : doctorText(lines));
  if (counts.fault > 0) throw new CommandFailed(`The doctor found ${counts.fault} that keep something from working.`);
}

async function examine({ examined, faults }: DoctorOptions, context: CommandContext): Promise<DoctorLine[]> {
  const settings = settingsLines(examined);
  try {
    const remarks: string[] = [];
    const log = (line: string) => void remarks.push(line);
    const outbound = await openOutbound({ ...context, config: examined.config, faults, log });
    try {
      const seen = await examineWith(outbound, context);
      return [...settings, ...remarks.map((remark) => okLine('settings', remark)), ...seen];
    } finally {
      await outbound.close();
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [...settings, ...error.faults.map(settingFault)];
  }
}

type Outward = Pick<Awaited<ReturnType<typeof openOutbound>>, 'send' | 'fetch'> & { config: Config };

async function examineWith({ config, send, fetch }: Outward, context: CommandContext): Promise<DoctorLine[]> {
  const { clock, random } = context;
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
  const machine = Object.values(machineChecks).map((check) => check({ config, catalog, fetch, clock }));
  const each = accounts.all.map((account) => examineAccount(account, { ...common, traffic: traffic.of(account.name) }));
  return (await Promise.all([...machine, ...each])).flat();
}

const settingFault = (fault: string): DoctorLine =>
  faultLine('settings', fault, 'Correct the setting; docs/settings.md has the form of each.');

/** What has a fault is left out of the rest. */
const settingsLines = ({ faults }: ExaminedConfig): DoctorLine[] =>
  faults.length > 0 ? faults.map(settingFault) : [okLine('settings', 'Every setting has a form that can be used.')];
