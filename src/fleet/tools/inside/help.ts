import { jsonText } from '../../../call/answer/json-text.js';
import type { DatabaseRemedy, LookReport } from '../../../inspect/check.js';
import { sanitizeWords } from '../../../values/sanitize-text.js';
import { type Values } from '../../../values/values.js';
import type { EngineChange, Step } from '../../adapter.js';
import type { Fleet } from '../../fleet.js';
import type { FleetInstance } from '../../instance.js';
import { withoutEmpty } from '../answer/rows.js';

/** What helps: calls, or a text for an owner, or what only the provider's console does. */
export interface Help {
  next?: Step;
  /** The calls after it. */
  afterwards?: readonly Step[];
  /** Whether a change that is made by these calls takes a restart. */
  restart?: boolean;
  run?: string;
  notByApi?: string;
}

/** The help of each remedy of one look. */
export type HelpByRemedy = ReadonlyMap<DatabaseRemedy, Help>;

/** What is known where help is looked for. */
export interface HelpPlace {
  instance: FleetInstance;
  database: string;
  /** What the server runs with, by the names of settings. */
  running: Readonly<Record<string, string>>;
}

/** Prepares the calls for all that was found or not seen. What the provider has to be asked for is asked once. */
export async function helpIn(
  { findings, notSeen }: Pick<LookReport, 'findings' | 'notSeen'>,
  place: HelpPlace,
  fleet: Pick<Fleet, 'engineSteps'>,
): Promise<HelpByRemedy> {
  const remedies = [...findings.flatMap(({ faults }) => faults), ...notSeen].flatMap(({ remedy }) => remedy ?? []);
  return new Map(await Promise.all(remedies.map(async (each) => [each, await helpWith(each, place, fleet)] as const)));
}

/** Prepares the call for one remedy. Parameters and extensions are changed through the provider. */
export async function helpWith(
  remedy: DatabaseRemedy,
  { instance, database, running }: HelpPlace,
  fleet: Pick<Fleet, 'engineSteps'>,
): Promise<Help> {
  const { reference } = instance;
  if ('statement' in remedy) return { run: remedy.statement };
  if ('endSession' in remedy)
    return { next: { tool: 'end_session', arguments: { instance: reference, ...remedy.endSession } } };
  const want = wantedOf(remedy);
  const [next, ...afterwards] = await fleet
    .engineSteps(instance, changeOf(remedy, { database, running }))
    // What was seen inside is told even where the provider does not answer now.
    .catch((): Step[] => [{ tool: 'find_operation', arguments: { want, instance: reference } }]);
  if (!next) return 'extension' in remedy ? { run: installing(remedy.extension) } : { notByApi: want };
  return { next, ...(afterwards.length > 0 && { afterwards }), ...('value' in remedy && { restart: remedy.restart }) };
}

const installing = (extension: string) => `CREATE EXTENSION ${extension};`;

type ByProvider = Exclude<DatabaseRemedy, { statement: string } | { endSession: unknown }>;

function wantedOf(remedy: ByProvider): string {
  if ('extension' in remedy) return `install the extension ${remedy.extension}`;
  if (!('parameter' in remedy)) return 'restart the instance';
  const { parameter, value, unit = '' } = remedy;
  return `change the parameter ${parameter}${value === undefined ? '' : ` to ${value}${unit}`}`;
}

function changeOf(remedy: ByProvider, { database, running }: Omit<HelpPlace, 'instance'>): EngineChange | 'restart' {
  if ('extension' in remedy) return { extension: remedy.extension, database };
  if (!('parameter' in remedy)) return 'restart';
  const { parameter, value, unit } = remedy;
  return { parameter, value, unit, running: running[parameter] };
}

/** Writes help as the end of a line. */
export function helpText({ next, afterwards = [], restart, run, notByApi }: Help): string {
  const calls = [next, ...afterwards].flatMap((step) => (step ? `${step.tool} ${jsonText(step.arguments)}` : []));
  const parts = [
    notByApi !== undefined && `Not by API: ${notByApi} in the provider's console.`,
    run !== undefined && `An owner may run: ${sanitizeWords(run, 500)}`,
    restart !== undefined && `It takes effect ${restart ? 'with' : 'without'} a restart.`,
    // What follows a call to the end of the line belongs to it.
    calls.length > 0 && `Next: ${calls.join(', then ')}`,
  ];
  return parts
    .filter((part) => part !== false)
    .map((part) => ` ${part}`)
    .join('');
}

/** The same as fields. */
export const helpFields = (help: Help): Values => withoutEmpty({ ...help });
