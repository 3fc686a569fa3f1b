import { dirname, join } from 'node:path';
import { openHookCommands, type QueueOfTarget } from '../../app/hooks/hook-commands.js';
import type { Config } from '../../config/config.js';
import { stateFolders } from '../../config/folders.js';
import type { HookTarget } from '../../observe/hooks/target.js';
import { reachPlace } from '../../providers/wire/posting.js';
import type { Proxies } from '../../providers/wire/proxies.js';
import { type Clock, withDeadline } from '../../values/clock.js';
import { tlsTroubleOf } from './account/failures.js';
import { type DoctorLine, faultLine, okLine, warningLine } from './line.js';
import { lookAtPlace } from './look-at-place.js';

interface HookContext {
  config: Config;
  clock: Clock;
  version: string;
}

/** Looks at each target of hooks: whether it is reached, and what could not be sent to it. No event is sent. */
export async function hookLines(context: HookContext): Promise<DoctorLine[]> {
  const { hookTargets: targets, hooks: file, proxies } = context.config;
  if (file === undefined) return [okLine('hooks', 'No hooks are configured.')];
  const reached = Promise.all(targets.map((target) => targetLine(target, proxies)));
  return [...(await reached), ...(await folderLines(context)), ...(await deadLines(context))];
}

async function targetLine({ name, url, allow }: HookTarget, proxies: Proxies): Promise<DoctorLine> {
  try {
    await reachPlace({ url: new URL(url), allowed: allow }, { proxies });
    return okLine('hooks', `The hook target ${name} is reached. pgfleet hooks test ${name} sends an event to it.`);
  } catch (error) {
    const [why, mend] = tlsTroubleOf(error) ?? [messageOf(error), reachMend];
    return faultLine('hooks', `The hook target ${name} takes nothing: ${why}.`, mend);
  }
}

const reachMend =
  'Look at its url, the name service and what the network or its proxy lets through. An address inside a ' +
  'network has to stand in its allow.';

/** Without a shared store, what waits is in files. A call that waits for a person is refused where they cannot be. */
async function folderLines({ config }: HookContext): Promise<DoctorLine[]> {
  const { store, auditLog = stateFolders().auditLog } = config;
  const folder = join(dirname(auditLog), 'hooks');
  if (store !== undefined || (await lookAtPlace(folder, 'folder')).isWritable) return [];
  const mend = 'Give the user of this process the right to write there, or name another place with PGFLEET_AUDIT_LOG.';
  return [faultLine('hooks', `The folder ${folder}, in which events wait, cannot be written.`, mend)];
}

const patienceMilliseconds = 5_000;

async function deadLines({ config, clock, version }: HookContext): Promise<DoctorLine[]> {
  const log = () => undefined;
  try {
    const commands = await openHookCommands({ config, version, clock, newId: () => '', log });
    try {
      const late = async () => Promise.resolve([]);
      return (await withDeadline(clock, patienceMilliseconds, commands.queues(), late)).flatMap(deadLine);
    } finally {
      await commands.close();
    }
  } catch {
    // A store that cannot be used has a line of its own, and so has a file without targets.
    return [];
  }
}

function deadLine({ target: { name }, dead }: QueueOfTarget): DoctorLine[] {
  if (dead.length === 0) return [];
  const events = dead.length === 1 ? '1 event' : `${dead.length} events`;
  const says = `${events} could not be sent to the hook target ${name} within a day.`;
  const mend = `pgfleet hooks dead ${name} shows them, and pgfleet hooks retry ${name} lets them wait again.`;
  return [warningLine('hooks', says, mend)];
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
