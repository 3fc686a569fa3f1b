import * as z from 'zod';
import { InputError } from '../../call/errors.js';
import { listOf } from '../../define/index.js';
import { mapLimit } from '../../values/map-limit.js';
import { sanitizeWords } from '../../values/sanitize-text.js';
import { type Values } from '../../values/values.js';
import { type Baseline, baselineName } from '../details/baselines.js';
import { type Difference, differencesBetween } from '../details/differences.js';
import { type ComparedState, stateOf } from '../details/state.js';
import type { Diagnosis, Missed } from '../fleet.js';
import type { FleetInstance } from '../instance.js';
import type { Denied } from '../reader.js';
import { accountOf, referenceOf } from '../reference.js';
import { noTimeLeft } from '../views/each-instance.js';
import { pagedAnswer, portionOf } from './answer/answer.js';
import { deniedAt, deniedNote, gapsOutput, instanceWords, tellGaps } from './answer/gaps.js';
import { type LabelOf, labelsAmong } from './answer/rows.js';
import type { FleetTool, FleetToolContext } from './fleet-tool.js';
import { instanceArgument, longestMilliseconds } from './instance.js';

const mostDifferences = 60;
/** How many instances are read at once. How many reads an account takes is decided elsewhere. */
const atOnce = 32;

const name = z.string().regex(baselineName);

/** What differs between instances, or between now and a saved state. */
export const fleetCompare: FleetTool = {
  name: 'fleet_compare',
  title: 'Compare instances',
  description:
    'Tells what differs between instances of any cloud: version, size, storage, parameters, extensions, access, ' +
    'backups, high availability. save keeps the present state under a name; baseline compares with a kept one, which ' +
    'answers what changed since then.',
  readOnly: true,
  destructive: false,
  idempotent: true,
  input: z.object({
    instances: listOf(instanceArgument).min(1).max(20).describe('all when left out').optional(),
    baseline: name.describe('such as friday').optional(),
    save: name.optional(),
    offset: z.int().min(0).max(100_000).describe('differences to pass over').optional(),
  }),
  output: z
    .object({
      compared: z.array(z.string()).optional(),
      total: z.number(),
      differences: z.array(z.object({ field: z.string(), values: z.array(z.string()) }).loose()).optional(),
      changes: z
        .array(
          z
            .object({
              instance: z.string(),
              field: z.string(),
              before: z.string().optional(),
              after: z.string().optional(),
            })
            .loose(),
        )
        .optional(),
      saved: z.string().optional(),
      since: z.string().optional(),
      ...gapsOutput,
    })
    .loose(),
  async run(input, _caller, context) {
    const { instances: texts, baseline, save, offset } = input as Question;
    if ((texts?.length ?? 0) < 2 && baseline === undefined && save === undefined)
      throw new InputError(['instances: give two or more, or a baseline to compare with, or save.']);
    const before = baseline === undefined ? undefined : await context.baselines.get(baseline);
    const chosen = await instancesMeant(texts, context);
    if (texts && !before && save === undefined && chosen.instances.length === 1 && chosen.denied.length === 0)
      throw new InputError([`instances: all of them are ${chosen.instances[0]?.reference}; give two or more.`]);
    const seen = await statesOf(chosen.instances, context);
    if (save !== undefined) await context.baselines.save(save, baselineOf(seen.states, context));
    const labelOf = labelsAmong((await context.fleet.inventory()).instances);
    // Of all that there are, or of one alone, the state is only saved.
    const beside = texts === undefined || seen.states.length < 2 ? [] : seen.states;
    const found = before ? sinceThen(before, { ...seen, ...chosen, labelOf }) : amongThem(beside, labelOf);
    const gaps = tellGaps({ missed: seen.missed, unseen: seen.partial, denied: chosen.denied }, labelOf);
    return pagedAnswer(mostDifferences, (limit) => {
      const { items, more } = portionOf(found.rows, { offset, limit });
      return {
        headline: found.headline,
        lines: [...items.map(({ line }) => line), ...gaps.lines],
        data: {
          since: before?.saved,
          compared: before || beside.length === 0 ? undefined : beside.map(({ instance }) => labelOf(instance)),
          total: found.rows.length,
          [before ? 'changes' : 'differences']: items.map(({ fields }) => fields),
          saved: save,
          ...gaps.fields,
        },
        notes: [
          ...found.notes,
          ...gaps.notes,
          deniedNote(chosen.denied, instanceWords),
          save && `Saved as ${save}, ${seen.states.length} instances: baseline ${save} tells what has changed since.`,
        ],
        more,
      };
    });
  },
};

interface Question {
  instances?: readonly string[];
  baseline?: string;
  save?: string;
  offset?: number;
}

interface Chosen {
  instances: readonly FleetInstance[];
  denied: readonly Denied[];
  /** All instances that the caller may read were meant, and nothing is hidden. */
  isWhole: boolean;
}

async function instancesMeant(texts: readonly string[] | undefined, { fleet }: FleetToolContext): Promise<Chosen> {
  if (texts === undefined) {
    // What is gone or new has to be seen as it is now.
    const { instances, failures, denied = [] } = await fleet.inventory('now');
    return { instances, denied, isWhole: failures.length === 0 && denied.length === 0 };
  }
  const found = await Promise.all(texts.map((text) => fleet.find(text)));
  const instances = found.flatMap((each) => each.instances);
  const denied = deniedAt(found.flatMap((each) => each.denied ?? []));
  return { instances: [...new Map(instances.map((each) => [each.reference, each])).values()], denied, isWhole: false };
}

interface Seen {
  states: readonly { instance: FleetInstance; state: ComparedState }[];
  missed: readonly Missed[];
  /** What could not be read of the others. */
  partial: readonly Pick<Diagnosis, 'instance' | 'unavailable'>[];
}

async function statesOf(instances: readonly FleetInstance[], context: FleetToolContext): Promise<Seen> {
  const { fleet, details, clock } = context;
  const until = clock.now() + longestMilliseconds;
  const records = await fleet.records(instances, until);
  const read = await mapLimit(records.instances, atOnce, async (instance) => {
    if (clock.now() > until) return { instance, why: noTimeLeft };
    try {
      const { unavailable, ...seen } = await details.configuration(instance);
      return { instance, state: stateOf(instance, { ...seen, unavailable }), unavailable };
    } catch (error) {
      return { instance, why: error instanceof Error ? error.message : String(error) };
    }
  });
  return {
    states: read.flatMap((each) => (each.state ? [{ instance: each.instance, state: each.state }] : [])),
    missed: [...records.missed, ...read.flatMap(({ instance, why }) => (why === undefined ? [] : [{ instance, why }]))],
    partial: read.flatMap(({ instance, unavailable = [] }) => [{ instance, unavailable }]),
  };
}

const baselineOf = (states: Seen['states'], { clock }: FleetToolContext): Baseline => ({
  saved: clock.timeText(clock.now()),
  instances: Object.fromEntries(
    states.map(({ instance, state }) => [instance.reference, { name: instance.name, state }]),
  ),
});

interface Found {
  headline: string;
  rows: readonly { line: string; fields: Values }[];
  notes: readonly string[];
}

const untold = 'not told';
const longest = 300;
const shown = (value: string | undefined): string =>
  value === undefined ? untold : sanitizeWords(value, longest) || 'empty';

/** Writes a line such as `version: nhn:orders-primary 17.6; samsung:orders 16.10`. */
function amongThem(states: Seen['states'], labelOf: LabelOf): Found {
  const { differences, lone } = differencesBetween(states.map(({ state }) => state));
  const labels = states.map(({ instance }) => sanitizeWords(labelOf(instance)));
  return {
    headline:
      states.length === 0 ? 'Nothing was compared.' : `${states.length} instances compared: ${counted(differences)}.`,
    rows: differences.map(({ field, values }) => ({
      line: `${sanitizeWords(field)}: ${values.map((value, index) => `${labels[index]} ${shown(value)}`).join('; ')}`,
      fields: { field, values: values.map(shown) },
    })),
    notes: lone > 0 ? [`${lone} parameters are not compared, because only one of the instances tells them.`] : [],
  };
}

const counted = (all: readonly unknown[]): string =>
  all.length === 0 ? 'nothing differs' : all.length === 1 ? '1 difference' : `${all.length} differences`;

/** Writes lines such as `nhn:orders-primary version: 17.5 → 17.6`. */
function sinceThen(before: Baseline, now: Seen & Chosen & { labelOf: LabelOf }): Found {
  const { states, instances, isWhole, labelOf } = now;
  const present = new Set(instances.map(({ reference }) => reference));
  const changed = states.flatMap(({ instance, state }) => {
    const was = before.instances[instance.reference];
    const label = labelOf(instance);
    if (!was) return [cameOrWent(label, 'new')];
    return differencesBetween([was.state, state]).differences.map((each) => change(label, each));
  });
  // What somebody may not read, or was not asked about, is not known to be gone.
  const gone = isWhole ? Object.entries(before.instances).filter(([reference]) => !present.has(reference)) : [];
  const rows = [
    ...changed,
    ...gone.map(([reference, { name: was }]) => cameOrWent(referenceOf(accountOf(reference), was), 'gone')),
  ];
  return {
    headline: `${states.length} instances compared with ${before.saved}: ${counted(rows)}.`,
    rows,
    notes: [],
  };
}

const cameOrWent = (instance: string, what: 'new' | 'gone'): Found['rows'][number] => ({
  line: `${sanitizeWords(instance)}: ${what} since then`,
  fields: { instance, field: 'instance', after: what },
});

function change(instance: string, { field, values: [before, after] }: Difference): Found['rows'][number] {
  return {
    line: `${sanitizeWords(instance)} ${sanitizeWords(field)}: ${shown(before)} → ${shown(after)}`,
    fields: { instance, field, before: shown(before), after: shown(after) },
  };
}
