import * as z from 'zod';
import type { Caller } from '../../call/caller.js';
import { InputError } from '../../call/errors.js';
import { timestamp } from '../../define/index.js';
import { sanitizeWords } from '../../values/sanitize-text.js';
import { type Values } from '../../values/values.js';
import { accountNameOf } from '../account.js';
import type { Found } from '../find.js';
import type { Fleet } from '../fleet.js';
import type { FleetEvent, FleetInstance } from '../instance.js';
import type { FleetEventQuery, IncompleteHistory, Timeline } from '../reader.js';
import { countBy, groupBy, pagedAnswer, portionOf } from './answer/answer.js';
import { deniedNote, gapsOutput, tellGaps } from './answer/gaps.js';
import { labelsAmong, withoutEmpty } from './answer/rows.js';
import type { FleetTool, FleetToolContext } from './fleet-tool.js';
import type { InsideTimeline } from './inside/events.js';
import { instanceArgument } from './instance.js';

const usualLimit = 30;

const eventOutput = z
  .object({
    time: z.string(),
    instance: z.string().optional(),
    account: z.string().optional(),
    name: z.string().optional(),
    kind: z.string().optional(),
    category: z.string(),
    text: z.string().optional(),
    by: z.string().optional(),
  })
  .loose();

const dayMilliseconds = 86_400_000;

/** One timeline over all clouds. */
export const fleetListEvents: FleetTool = {
  name: 'fleet_list_events',
  title: 'List fleet events',
  description:
    'Tells what happened over all clouds, and who did what how often, newest first: events, jobs, and for providers ' +
    'without events the changes seen since the server started. The last 24 hours when no range is given.',
  readOnly: true,
  destructive: false,
  idempotent: true,
  input: z.object({
    from: timestamp().optional(),
    to: timestamp().optional(),
    instance: instanceArgument.optional(),
    category: z.string().min(1).describe('part of a category, such as backup').optional(),
    except: z.string().min(1).describe('part of a category to leave out').optional(),
    text: z.string().min(1).describe('part of the message').optional(),
    offset: z.int().min(0).max(100_000).describe('events to pass over').optional(),
    limit: z.int().min(1).max(100).describe('30 when left out').optional(),
  }),
  selects: ['instance'],
  output: z
    .object({
      total: z.number(),
      who: z.array(z.object({ by: z.string().optional(), account: z.string(), did: z.string() }).loose()).optional(),
      events: z.array(eventOutput).optional(),
      incomplete: z
        .array(z.object({ provider: z.string(), keeps: z.string(), comparedSince: z.string().optional() }).loose())
        .optional(),
      ...gapsOutput,
    })
    .loose(),
  async run(input, caller, context) {
    const { clock, fleet } = context;
    const { from, to, instance, offset, limit = usualLimit } = input as Question;
    const end = to ?? new Date(clock.now()).toISOString();
    const begin = from ?? new Date(Date.parse(end) - dayMilliseconds).toISOString();
    if (Date.parse(begin) > Date.parse(end)) throw new InputError([`from: ${begin} is later than to, ${end}.`]);
    const asked = { from: begin, to: end };
    const found = instance === undefined ? undefined : await fleet.find(instance);
    const { instances } = await fleet.inventory();
    const [timeline, within] = await Promise.all([
      found ? eventsOf(found, asked, fleet) : fleet.events(asked),
      eventsInside(found?.instances ?? instances, { range: asked, caller }, context),
    ]);
    const { failures, incomplete = [], denied = [] } = timeline;
    const events = within.events.length === 0 ? timeline.events : newestFirst([...timeline.events, ...within.events]);
    const wanted = events.filter((event) => fits(event, input));
    const labelOf = labelsAmong(instances);
    const known = new Map(instances.map((each) => [each.reference, { label: labelOf(each), name: each.name }]));
    const who = whoDidWhat(wanted);
    const gaps = tellGaps({ failures, denied }, labelOf);
    return pagedAnswer(limit, (most) => {
      const { items, more } = portionOf(wanted, { offset, limit: most });
      return {
        headline: `${wanted.length} events from ${clock.timeText(begin)} to ${clock.timeText(end)}, newest first.`,
        lines: [...gaps.lines, ...within.lines, ...who.map(whoLine), ...items.map(eventLine)],
        data: {
          total: wanted.length,
          who,
          events: items.map((event) => eventRow(event, known)),
          incomplete,
          insideSeen: [...within.lines, ...within.notes],
          ...gaps.fields,
        },
        notes: [
          ...within.notes,
          ...gaps.notes,
          deniedNote(denied, ['event', 'events']),
          ...incomplete.map(incompleteNote),
          noneOfCategory(events, input),
        ],
        more: more && to === undefined ? `${more} Give to ${end} with it, so that newer ones move nothing.` : more,
      };
    });
  },
};

const newestFirst = (events: readonly FleetEvent[]) =>
  events.toSorted((a, b) => Date.parse(b.time) - Date.parse(a.time));

/** What looks inside is loaded only where there is a connection. */
async function eventsInside(
  instances: readonly FleetInstance[],
  question: { range: FleetEventQuery; caller: Caller },
  context: FleetToolContext,
): Promise<InsideTimeline> {
  if (!context.databases.isConfigured) return { events: [], lines: [], notes: [] };
  const { insideEvents } = await import('./inside/events.js');
  return insideEvents(instances, { ...question, through: fleetListEvents.name }, context);
}

/** The events of all instances that a text means, newest first. */
async function eventsOf({ instances }: Found, range: FleetEventQuery, fleet: Fleet): Promise<Timeline> {
  const timelines = await Promise.all(instances.map(({ reference }) => fleet.events({ ...range, reference })));
  return {
    events: newestFirst(timelines.flatMap(({ events }) => events)),
    failures: onePerAccount(timelines.flatMap(({ failures }) => failures)),
    incomplete: onePerAccount(timelines.flatMap(({ incomplete = [] }) => incomplete)),
    denied: timelines.flatMap(({ denied = [] }) => denied),
  };
}

const onePerAccount = <T extends { provider: string }>(items: readonly T[]): T[] => [
  ...new Map(items.map((item) => [item.provider, item])).values(),
];

function incompleteNote({ provider, keeps, comparedSince }: IncompleteHistory): string {
  const since =
    comparedSince === undefined ? 'and could not be read' : `so changes are those seen since ${comparedSince}`;
  return `${provider} keeps ${keeps}, ${since}.`;
}

interface Question {
  from?: string;
  to?: string;
  instance?: string;
  category?: string;
  except?: string;
  text?: string;
  offset?: number;
  limit?: number;
}

const fits = ({ category, text }: FleetEvent, wanted: Question): boolean =>
  has(category, wanted.category ?? '') &&
  has(text, wanted.text ?? '') &&
  (wanted.except === undefined || !has(category, wanted.except));

/** Each provider has categories of its own, which nobody has to know by heart. */
function noneOfCategory(events: readonly FleetEvent[], { category }: Question): string | undefined {
  if (category === undefined || events.length === 0 || events.some((event) => has(event.category, category)))
    return undefined;
  const known = [...new Set(events.map((event) => sanitizeWords(event.category)))].toSorted();
  return `No event of this time has such a category; there are ${known.join(', ')}.`;
}

const has = (value: string, part: string): boolean => value.toLowerCase().includes(part.toLowerCase());

type Known = ReadonlyMap<string, { label: string; name: string }>;

/** What the event is about is told by its instance, so its own name is left out where it is the same. */
function eventRow(
  { time, kind, category, reference = '', name, text, by, ...event }: FleetEvent,
  known: Known,
): Values {
  const instance = known.get(reference);
  return withoutEmpty({
    time,
    instance: instance?.label ?? reference,
    account: reference ? undefined : accountNameOf(event),
    name: name === instance?.name ? undefined : name,
    kind: kind === 'event' ? undefined : kind,
    category,
    text: sanitizeWords(text, longestText),
    by,
  });
}

const longestText = 200;

function eventLine(event: FleetEvent): string {
  const { time, name, reference, category, text, kind, by } = event;
  const what = kind === 'event' ? category : `${category}, ${kind}`;
  const whose = [name, reference && `[${reference}]`].filter((each) => each !== undefined);
  const [when, ...words] = [time, accountNameOf(event), ...whose, `(${what})`].map((each) => sanitizeWords(each));
  const person = by === undefined ? '' : `, by ${sanitizeWords(by)}`;
  return `${when} ${words.join(' ')}: ${sanitizeWords(text, longestText)}${person}`;
}

interface Doing {
  /** The person, for providers that name one. */
  by?: string;
  account: string;
  /** What was done, the most frequent first. */
  did: string;
}

/** More people and kinds than this are not told. */
const mostCounted = 10;

/** Counts what each person did, and for providers that name nobody, what happened there. */
function whoDidWhat(events: readonly FleetEvent[]): Doing[] {
  const people = [...groupBy(events, (event) => JSON.stringify([event.by, accountNameOf(event)])).values()];
  return people
    .toSorted((a, b) => b.length - a.length)
    .slice(0, mostCounted)
    .flatMap((own) => {
      const [first] = own;
      if (!first) return [];
      const counts = Object.entries(countBy(own, ({ by, code, category }) => (by && code) || category));
      const most = counts.toSorted(([, a], [, b]) => b - a).slice(0, mostCounted);
      const did = most.map(([what, count]) => `${count} ${sanitizeWords(what)}`).join(', ');
      return [{ ...(first.by !== undefined && { by: first.by }), account: accountNameOf(first), did }];
    });
}

/** Writes a line such as `ops@example.com at cegedim: 3 POSTGRESQL_STOP`. */
const whoLine = ({ by, account, did }: Doing): string => `${by ? `${sanitizeWords(by)} at ` : ''}${account}: ${did}`;
