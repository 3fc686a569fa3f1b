import { z } from 'zod';
import { InputError } from '../../call/errors.js';
import { timestamp } from '../../define/index.js';
import { sanitizeText } from '../../values/sanitize-text.js';
import { accountNameOf } from '../account.js';
import type { FleetEvent } from '../instance.js';
import { failureLines, failureNotes, fleetAnswer, howManyFit } from './answer.js';
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
    text: z.string().min(1).describe('part of the message').optional(),
    limit: z.int().min(1).max(100).describe('30 when left out').optional(),
  }),
  selects: ['instance'],
  output: z.object({ total: z.number(), events: z.array(z.unknown()) }).loose(),
  async run(input, _caller, { clock, fleet }) {
    const { from, to, instance, category, text, limit = usualLimit } = input as Question;
    const end = to ?? new Date(clock.now()).toISOString();
    const begin = from ?? new Date(Date.parse(end) - dayMilliseconds).toISOString();
    if (Date.parse(begin) > Date.parse(end)) throw new InputError([`from: ${begin} is later than to, ${end}.`]);
    const reference = instance === undefined ? undefined : (await fleet.find(instance)).reference;
    const { events, failures } = await fleet.events({ from: begin, to: end, reference });
    const wanted = events.filter((event) => has(event.category, category) && has(event.text, text));
    const page = wanted.slice(0, limit);
    const shown = page.slice(0, Math.min(howManyFit(page), howManyFit(page.map(eventLine))));
    return fleetAnswer({
      headline: `${wanted.length} events from ${begin} to ${end}, newest first.`,
      lines: [...failureLines(failures), ...shown.map(eventLine)],
      data: { total: wanted.length, events: shown, ...(failures.length > 0 && { failures }) },
      notes: [
        ...failureNotes(failures),
        wanted.length > shown.length
          ? `${wanted.length - shown.length} older ones: ask again with the time of the last one as to.`
          : undefined,
      ],
    });
  },
};

interface Question {
  from?: string;
  to?: string;
  instance?: string;
  category?: string;
  text?: string;
  limit?: number;
}

const has = (value: string, part: string | undefined): boolean =>
  part === undefined || value.toLowerCase().includes(part.toLowerCase());

function eventLine(event: FleetEvent): string {
  const { time, name, category, text, kind } = event;
  const what = kind === 'event' ? category : `${category}, ${kind}`;
  const [when, whose, kindOfEvent] = [time, name ?? '', what].map((each) => sanitizeText(each));
  return `${when} ${accountNameOf(event)} ${whose} [${kindOfEvent}] ${sanitizeText(text, 200)}`;
}
