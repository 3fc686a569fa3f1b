import * as z from 'zod';
import { InputError } from '../../call/errors.js';
import { timestamp } from '../../define/index.js';
import { sanitizeWords } from '../../values/sanitize-text.js';
import { accountNameOf } from '../account.js';
import type { Found } from '../find.js';
import type { Fleet } from '../fleet.js';
import type { FleetEvent } from '../instance.js';
import type { FleetEventQuery, IncompleteHistory, Timeline } from '../reader.js';
import { deniedField, deniedNote, failureLines, failureNotes, fleetAnswer, howManyFit } from './answer.js';
import type { FleetTool } from './fleet-tool.js';
import { instanceArgument } from './instance.js';

const usualLimit = 30;
const dayMilliseconds = 86_400_000;

/** One timeline over all clouds. */
export const fleetListEvents: FleetTool = {
  name: 'fleet_list_events',
  title: 'List fleet events',
  description:
    'Tells what happened over all clouds, newest first: events, jobs, and for providers without events the changes ' +
    'seen since the server started. The last 24 hours when no range is given.',
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
    limit: z.int().min(1).max(100).describe('30 when left out').optional(),
  }),
  selects: ['instance'],
  output: z.object({ total: z.number(), events: z.array(z.unknown()) }).loose(),
  async run(input, _caller, { clock, fleet }) {
    const { from, to, instance, limit = usualLimit } = input as Question;
    const end = to ?? new Date(clock.now()).toISOString();
    const begin = from ?? new Date(Date.parse(end) - dayMilliseconds).toISOString();
    if (Date.parse(begin) > Date.parse(end)) throw new InputError([`from: ${begin} is later than to, ${end}.`]);
    const asked = { from: begin, to: end };
    const {
      events,
      failures,
      incomplete = [],
      denied = [],
    } = instance ? await eventsOf(await fleet.find(instance), asked, fleet) : await fleet.events(asked);
    const wanted = events.filter((event) => fits(event, input));
    const page = wanted.slice(0, limit);
    const shown = page.slice(0, Math.min(howManyFit(page), howManyFit(page.map(eventLine))));
    return fleetAnswer({
      headline: `${wanted.length} events from ${clock.timeText(begin)} to ${clock.timeText(end)}, newest first.`,
      lines: [...failureLines(failures), ...shown.map(eventLine)],
      data: {
        total: wanted.length,
        events: shown,
        ...(failures.length > 0 && { failures }),
        ...(incomplete.length > 0 && { incomplete }),
        ...deniedField(denied),
      },
      notes: [
        ...failureNotes(failures),
        deniedNote(denied, ['event', 'events']),
        ...incomplete.map(incompleteNote),
        wanted.length > shown.length
          ? `${wanted.length - shown.length} older ones: ask again with the time of the last one as to.`
          : undefined,
      ],
    });
  },
};

/** The events of all instances that a text means, newest first. */
async function eventsOf({ instances }: Found, range: FleetEventQuery, fleet: Fleet): Promise<Timeline> {
  const timelines = await Promise.all(instances.map(({ reference }) => fleet.events({ ...range, reference })));
  return {
    events: timelines.flatMap(({ events }) => events).toSorted((a, b) => Date.parse(b.time) - Date.parse(a.time)),
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
  limit?: number;
}

const fits = ({ category, text }: FleetEvent, wanted: Question): boolean =>
  has(category, wanted.category ?? '') &&
  has(text, wanted.text ?? '') &&
  (wanted.except === undefined || !has(category, wanted.except));

const has = (value: string, part: string): boolean => value.toLowerCase().includes(part.toLowerCase());

function eventLine(event: FleetEvent): string {
  const { time, name, reference, category, text, kind } = event;
  const what = kind === 'event' ? category : `${category}, ${kind}`;
  const whose = [name, reference && `[${reference}]`].filter((each) => each !== undefined);
  const [when, ...words] = [time, accountNameOf(event), ...whose, `(${what})`].map((each) => sanitizeWords(each));
  return `${when} ${words.join(' ')}: ${sanitizeWords(text, 200)}`;
}
