import { mapLimit } from '../../values/map-limit.js';
import { sanitizeWords } from '../../values/sanitize-text.js';
import type { MetricName, MetricQuery } from '../details/detail-reader.js';
import { summaryOf } from '../details/series.js';
import { sizeText } from '../details/state.js';
import type { Diagnosis, Missed } from '../fleet.js';
import type { FleetInstance } from '../instance.js';
import { noTimeLeft } from '../views/each-instance.js';
import { type FleetResult, pagedAnswer, portionOf } from './answer/answer.js';
import { deniedNote, instanceWords, tellGaps } from './answer/gaps.js';
import { labelsAmong } from './answer/rows.js';
import type { FleetToolContext } from './fleet-tool.js';
import { longestMilliseconds } from './instance.js';

/** How many instances are read at once. How many reads an account takes is decided elsewhere. */
const atOnce = 32;
const mostRows = 60;

interface Load {
  instance: FleetInstance;
  size?: string;
  /** The highest value of each metric. */
  most: Readonly<Record<string, number>>;
  unavailable: Diagnosis['unavailable'];
}

/** How loaded every instance was at most, with its size: what shows which are too large, or too small. */
export async function loadOfAll(
  query: MetricQuery,
  offset: number | undefined,
  context: FleetToolContext,
): Promise<FleetResult> {
  const { clock, fleet } = context;
  const until = clock.now() + longestMilliseconds;
  const { instances, failures, denied = [] } = await fleet.inventory('minute');
  const missed: Missed[] = [];
  const seen = await mapLimit(instances, atOnce, async (instance): Promise<Load[]> => {
    try {
      if (clock.now() > until) throw new Error(noTimeLeft);
      return [await loadOf(instance, query, context)];
    } catch (error) {
      missed.push({ instance, why: error instanceof Error ? error.message : String(error) });
      return [];
    }
  });
  const labelOf = labelsAmong(instances);
  const loads = seen.flat();
  const told = loads.filter(({ most }) => Object.keys(most).length > 0).toSorted((a, b) => rank(a) - rank(b));
  const gaps = tellGaps({ failures, missed, unseen: loads, denied }, labelOf);
  const span = `from ${clock.timeText(query.from)} to ${clock.timeText(query.to)}`;
  return pagedAnswer(mostRows, (limit) => {
    const { items, more } = portionOf(told, { offset, limit });
    return {
      headline: `The highest values of ${told.length} of ${instances.length} instances ${span}, the idlest CPU first:`,
      lines: [...items.map((load) => loadLine(load, labelOf(load.instance))), ...gaps.lines],
      data: {
        from: clock.timeText(query.from),
        to: clock.timeText(query.to),
        total: told.length,
        loads: items.map(({ instance, size, most }) => ({ instance: labelOf(instance), size, ...most })),
        ...gaps.fields,
      },
      notes: [...gaps.notes, deniedNote(denied, instanceWords)],
      more,
    };
  });
}

async function loadOf(instance: FleetInstance, query: MetricQuery, { details }: FleetToolContext): Promise<Load> {
  const [{ series, unavailable }, size] = await Promise.all([
    details.measure(instance, { ...query, metrics: query.metrics.filter((metric) => isOf(instance, metric)) }),
    details.size(instance).catch(() => undefined),
  ]);
  const most = series.flatMap(({ metric, points }) => {
    const maximum = summaryOf(points)?.maximum;
    return maximum === undefined ? [] : [[metric, maximum] as const];
  });
  return { instance, size: sizeText(size), most: Object.fromEntries(most), unavailable: joinedByReason(unavailable) };
}

/** What follows no other instance has no lag. */
const isOf = ({ primary }: FleetInstance, metric: MetricName): boolean => metric !== 'lag' || primary !== undefined;

/** Most of what is missing is missing for one reason. */
const joinedByReason = (unavailable: Load['unavailable']): Load['unavailable'] =>
  [...new Set(unavailable.map(({ why }) => why))].map((why) => ({
    what: unavailable
      .filter((each) => each.why === why)
      .map(({ what }) => what)
      .join(', '),
    why,
  }));

/** Of whom the CPU is not told, nothing is known. */
const rank = ({ most }: Load): number => most['cpu'] ?? Number.POSITIVE_INFINITY;

/** Writes a line such as `nhn:analytics, 2 vCPU, 8 GB (m2.c2m8): cpu 61, memory 58`. */
function loadLine({ size, most }: Load, label: string): string {
  const values = Object.entries(most).map(([metric, value]) => `${metric} ${value}`);
  return `${sanitizeWords(label)}${size === undefined ? '' : `, ${sanitizeWords(size)}`}: ${values.join(', ')}`;
}
