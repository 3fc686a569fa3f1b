import * as z from 'zod';
import { shownOnBoard } from '../../define/presentation.js';
import { mapLimit } from '../../values/map-limit.js';
import { sanitizeWords } from '../../values/sanitize-text.js';
import { isRecord, type Values } from '../../values/values.js';
import type { Size } from '../details/detail-reader.js';
import { quotedName, sayableReference } from '../find.js';
import type { Fleet, Records } from '../fleet.js';
import type { FleetInstance } from '../instance.js';
import { accountsHolding, accountsOfText, ageOf, ageOutput, freshArgument } from './age.js';
import { fleetAnswer } from './answer/answer.js';
import { deniedAt, deniedNote, gapsOutput, instanceWords, tellGaps } from './answer/gaps.js';
import { instanceLine, instanceRow, rowOutput, withoutEmpty } from './answer/rows.js';
import type { FleetTool } from './fleet-tool.js';

/** Clients give up after a minute. What was not read or examined by then is named. */
export const longestMilliseconds = 40_000;

const sizesAtOnce = 4;

/** The argument by which tools take an instance. */
export const instanceArgument = z.string().min(1).max(300).describe('reference such as nhn:…, or name');

/** The whole record of an instance, with its linked instances. */
export const fleetGetInstance: FleetTool = {
  name: 'fleet_get_instance',
  title: 'Get instance',
  description:
    'Tells everything that is known of one instance of any cloud: state, role, version, high availability, ' +
    'size, endpoints, storage, backups, and its primary, standby and replicas.',
  readOnly: true,
  destructive: false,
  idempotent: true,
  ui: shownOnBoard,
  input: z.object({ instance: instanceArgument, fresh: freshArgument }),
  output: z
    .object({
      instance: rowOutput.optional(),
      instances: z.array(rowOutput).optional(),
      related: z.array(rowOutput).optional(),
      alike: z.array(z.string()).optional(),
      ...gapsOutput,
      ...ageOutput,
    })
    .loose(),
  async run({ instance: text, fresh }, _caller, { clock, fleet, details }) {
    const begun = clock.now();
    const until = begun + longestMilliseconds;
    if (fresh) await fleet.renew(accountsOfText(String(text), fleet));
    const { instances: listed, alike, denied: hidden = [] } = await fleet.find(String(text));
    const [{ instances, missed }, sizes, related, around] = await Promise.all([
      recordsOf(listed, fleet, until),
      mapLimit(listed, sizesAtOnce, (instance) => details.size(instance).catch(() => undefined)),
      groupOf(listed, fleet),
      fleet.deniedAround(listed),
    ]);
    const age = ageOf(accountsHolding(listed), begun, { fleet, clock });
    const denied = deniedAt([...hidden, ...around]);
    const gaps = tellGaps({ missed, denied }, ({ reference }) => reference);
    const sizeOf = new Map(listed.map(({ reference }, index) => [reference, sizes[index]]));
    const records = instances.map((instance) => recordOf(instance, sizeOf.get(instance.reference)));
    return fleetAnswer({
      headline: `${whichOf(listed, String(text))}:`,
      lines: [
        ...instances.flatMap((instance, index) => recordLines(instance, records[index] ?? {})),
        ...related.map((other) => `related: ${instanceLine(other)}`),
        ...gaps.lines,
        ...alikeLines(alike),
      ],
      data: {
        ...(listed.length === 1 ? { instance: records[0] } : { instances: records }),
        related: related.map(instanceRow),
        ...gaps.fields,
        ...age.field,
        ...alikeFields(alike),
      },
      notes: [
        age.note,
        ...gaps.notes,
        deniedNote(denied, instanceWords),
        alikeNote(alike),
        ...instances.map(
          (instance) =>
            `fleet_diagnose_instance {"instance":"${sayableReference(instance)}"} examines what is wrong with it.`,
        ),
      ],
    });
  },
};

/** That the only instance cannot be read is an error, as it is of any call. Of several, the others are answered. */
async function recordsOf(listed: readonly FleetInstance[], fleet: Fleet, until: number): Promise<Records> {
  const [only, ...others] = listed;
  if (only && others.length === 0) return { instances: [await fleet.get(only.reference)], missed: [] };
  return fleet.records(listed, until);
}

/** The reference of the only instance, or how many a text fits. */
export const whichOf = (instances: readonly FleetInstance[], text: string): string =>
  instances.length === 1
    ? instances.map(sayableReference).join()
    : `${instances.length} instances fit ${quotedName(text)}`;

/** The rest of the groups of instances, each member once. */
export async function groupOf(instances: readonly FleetInstance[], fleet: Fleet): Promise<FleetInstance[]> {
  const related = (await Promise.all(instances.map((instance) => fleet.related(instance)))).flat();
  const asked = new Set(instances.map(({ reference }) => reference));
  const others = related.filter(({ reference }) => !asked.has(reference));
  return [...new Map(others.map((other) => [other.reference, other])).values()];
}

/** Instances whose names begin with one that was asked about. */
export const alikeFields = (alike: readonly FleetInstance[]): Values => ({
  alike: alike.map(({ reference }) => reference),
});

export const alikeLines = (alike: readonly FleetInstance[]): string[] =>
  alike.map((other) => `begins with the same name: ${instanceLine(other)}`);

export const alikeNote = (alike: readonly FleetInstance[]): string | undefined =>
  alike.length > 0
    ? `The names of ${alike.length} more begin with this one; give a reference to ask about another.`
    : undefined;

/** The whole record. Its id stands in the reference. */
const recordOf = (instance: FleetInstance, size: Size | undefined): Values =>
  withoutEmpty({ ...instance, id: undefined, size });

const recordLines = (instance: FleetInstance, record: Values): string[] => [
  instanceLine(instance),
  ...Object.entries(record)
    .filter(([field]) => !isSpoken(field, instance))
    .map(([field, value]) => `  ${field}: ${sanitizeWords(textOf(value), 400)}`),
];

/** The fields that `instanceLine` shows already. It also shows the provider if the account has its name. */
const spoken = new Set(['account', 'name', 'reference', 'role', 'state', 'providerState', 'engineVersion']);
const isSpoken = (field: string, { account }: FleetInstance): boolean =>
  spoken.has(field) || (field === 'provider' && account === undefined);

/** Writes a value such as `enabled true, newest 2026-11-22T02:14:00+09:00`. What is not known is left out. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join('; ');
  if (!isRecord(value)) return String(value);
  return Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([field, each]) => `${field} ${textOf(each)}`)
    .join(', ');
}
