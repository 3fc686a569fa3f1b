import * as z from 'zod';
import { InputError } from '../../call/errors.js';
import { timestamp } from '../../define/index.js';
import { sanitizeWords } from '../../values/sanitize-text.js';
import { type MetricName, metricNames } from '../details/detail-reader.js';
import { type Summary, summaryOf, thinned } from '../details/series.js';
import { quotedName, sayableReference } from '../find.js';
import { type FleetResult, fleetAnswer } from './answer/answer.js';
import { gapsOutput, tellGaps } from './answer/gaps.js';
import { labelsAmong } from './answer/rows.js';
import type { FleetTool } from './fleet-tool.js';
import { instanceArgument } from './instance.js';
import { loadOfAll } from './loads.js';

const usualTimes = 12;
const minute = 60_000;
const dayMilliseconds = 1_440 * minute;

/** Measured values of an instance, in one vocabulary for all clouds. */
export const fleetGetMetrics: FleetTool = {
  name: 'fleet_get_metrics',
  title: 'Get metrics',
  description:
    'Tells how loaded an instance of any cloud is and was: CPU, memory, storage, connections, IO and replication lag ' +
    'over a time span, the last 24 hours when none is given; also as a picture. Without an instance, how loaded each ' +
    'was at most, with its size: which are too large or too small.',
  readOnly: true,
  destructive: false,
  idempotent: true,
  input: z.object({
    instance: instanceArgument.optional(),
    metrics: z.array(z.enum(metricNames)).min(1).describe('all when left out').optional(),
    from: timestamp().optional(),
    to: timestamp().optional(),
    times: z.int().min(1).max(60).describe(`of the series; ${usualTimes} when left out`).optional(),
    picture: z.boolean().describe('as PNG too').optional(),
    offset: z.int().min(0).max(100_000).describe('instances to pass over').optional(),
  }),
  selects: ['instance'],
  output: z
    .object({
      instance: z.string().optional(),
      from: z.string(),
      to: z.string(),
      metrics: z
        .array(
          z
            .object({
              metric: z.string(),
              unit: z.string(),
              count: z.number(),
              minimum: z.number(),
              mean: z.number(),
              maximum: z.number(),
              last: z.number(),
            })
            .loose(),
        )
        .optional(),
      series: z.array(z.object({ time: z.string() }).loose()).optional(),
      total: z.number().optional(),
      loads: z.array(z.object({ instance: z.string(), size: z.string().optional() }).loose()).optional(),
      ...gapsOutput,
    })
    .loose(),
  async run(input, _caller, context) {
    const { clock, fleet, details, fontFile } = context;
    const {
      instance: text,
      metrics = metricNames,
      times = usualTimes,
      picture = false,
      offset,
      ...span
    } = input as unknown as Question;
    const { from, to } = rangeOf(span, clock.now());
    const query = { from, to: Math.min(to, clock.now()), now: clock.now(), metrics: [...new Set(metrics)] };
    if (text === undefined) return loadOfAll(query, offset, context);
    const { instances } = await fleet.find(text);
    const [instance, ...others] = instances;
    if (!instance || others.length > 0)
      throw new InputError([
        `instance: ${quotedName(text)} fits ${instances.map(sayableReference).join(', ')}; give one.`,
      ]);
    const { series, unavailable } = await details.measure(instance, query);
    const labelOf = labelsAmong((await fleet.inventory()).instances);
    const measured = series.flatMap((each) => {
      const summary = summaryOf(each.points);
      return summary ? [{ metric: each.metric, unit: each.unit, ...summary }] : [];
    });
    const empty = series.filter(({ points }) => points.length === 0);
    const without = empty.map(({ metric }) => ({ what: metric, why: 'there are no values in this span of time' }));
    const gaps = tellGaps({ unseen: [{ instance, unavailable: [...unavailable, ...without] }] }, labelOf);
    const moments = thinned(series, { from, to, times }).map(({ time, values }) => ({
      time: clock.timeText(time),
      ...values,
    }));
    const label = labelOf(instance);
    const answer = fleetAnswer({
      headline: `${sayableReference(instance)} from ${clock.timeText(from)} to ${clock.timeText(to)}:`,
      lines: [...measured.map(summaryLine), ...moments.map(momentLine), ...gaps.lines],
      data: {
        instance: label,
        from: clock.timeText(from),
        to: clock.timeText(to),
        metrics: measured,
        series: moments,
        ...gaps.fields,
      },
      notes: [
        moments.length > 1 ? 'Each value of the series is the mean until the next time.' : undefined,
        picture && measured.length === 0 ? 'There is no picture, since there are no values.' : undefined,
      ],
    });
    if (!picture || measured.length === 0) return answer;
    const { pictureOf } = await import('../details/picture.js');
    const title = `${label}, ${clock.timeText(from)} to ${clock.timeText(to)}`;
    return withPicture(answer, pictureOf({ title, series, from, to, timeText: clock.timeText }), fontFile);
  },
};

interface Question {
  instance?: string;
  metrics?: readonly MetricName[];
  from?: string;
  to?: string;
  times?: number;
  picture?: boolean;
  offset?: number;
}

function rangeOf({ from, to }: Pick<Question, 'from' | 'to'>, now: number): { from: number; to: number } {
  // Nobody measures more often than once a minute.
  const end = to === undefined ? Math.ceil(now / minute) * minute : Date.parse(to);
  const begin = from === undefined ? end - dayMilliseconds : Date.parse(from);
  if (begin >= end) throw new InputError(['from: it has to be earlier than to.']);
  return { from: begin, to: end };
}

/** The same answer with the picture, or with what to install for it. */
async function withPicture(answer: FleetResult, svg: string, fontFile: string): Promise<FleetResult> {
  try {
    const { rasterOf } = await import('../details/raster.js');
    const data = Buffer.from(rasterOf(svg, fontFile)).toString('base64');
    return { ...answer, content: [...answer.content, { type: 'image', data, mimeType: 'image/png' }] };
  } catch {
    const note = 'The picture needs the package @resvg/resvg-js beside pgfleet: npm install @resvg/resvg-js.';
    return {
      content: [...answer.content, { type: 'text', text: note }],
      structuredContent: { ...answer.structuredContent, more: note },
    };
  }
}

/** Writes a line such as `cpu (%): 288 values, minimum 4.1, mean 12.3, maximum 61, last 11.8`. */
const summaryLine = ({
  metric,
  unit,
  count,
  minimum,
  mean,
  maximum,
  last,
}: Summary & { metric: string; unit: string }): string =>
  `${metric} (${unit}): ${count} values, minimum ${minimum}, mean ${mean}, maximum ${maximum}, last ${last}`;

/** Writes a line such as `2026-11-22T02:00:00Z: cpu 12.3, memory 58`. */
function momentLine({ time, ...values }: { time: string } & Record<string, string | number>): string {
  const told = Object.entries(values).map(([metric, value]) => `${metric} ${String(value)}`);
  return `${sanitizeWords(time)}: ${told.join(', ')}`;
}
