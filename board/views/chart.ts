import type { Metrics } from '../data/answers.js';
import { element, shape } from '../element.js';
import { moment } from '../text/times.js';
import type { Words } from '../text/words.js';

const width = 300;
const height = 72;
const edge = 3;

type Summary = Metrics['metrics'][number];

/** One measured value over time, as a line; in words for those who do not see it. */
export function chart(summary: Summary, { series, from, to }: Metrics, words: Words): HTMLElement {
  const { metric, unit, minimum, mean, maximum, last } = summary;
  const [low, average, high, now] = [minimum, mean, maximum, last].map((value) => number(value, words));
  const told = words.values(low ?? '', average ?? '', high ?? '', now ?? '');
  const label = `${words.series(metric, moment(from, words.lang), moment(to, words.lang))}: ${told} ${unit}`;
  return element(
    'figure',
    { class: 'chart' },
    element('figcaption', {}, element('strong', {}, metric), ` ${now} ${unit}`),
    line(points(summary, series, [Date.parse(from), Date.parse(to)]), label),
    element('p', { class: 'soft' }, told),
  );
}

interface Point {
  x: number;
  y: number;
}

/** A value is drawn between zero, or its minimum below that, and its maximum; percentages up to 100. */
function points({ metric, unit, minimum, maximum }: Summary, series: Metrics['series'], [from, to]: readonly number[]) {
  const bottom = Math.min(0, minimum);
  const top = unit === '%' ? Math.max(100, maximum) : maximum;
  const across = (time: number) => edge + ((time - (from ?? 0)) / ((to ?? 0) - (from ?? 0) || 1)) * (width - 2 * edge);
  const up = (value: number) => height - edge - ((value - bottom) / (top - bottom || 1)) * (height - 2 * edge);
  return series.flatMap(({ time, [metric]: value }): Point[] =>
    typeof value === 'number' && typeof time === 'string' ? [{ x: across(Date.parse(time)), y: up(value) }] : [],
  );
}

function line(drawn: readonly Point[], label: string): SVGSVGElement {
  const path = drawn.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
  const final = drawn.at(-1);
  return shape(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label, preserveAspectRatio: 'none' },
    shape('path', { class: 'ground', d: `M0 ${height - edge}H${width}` }),
    shape('path', { class: 'line', d: path }),
    final && shape('circle', { class: 'last', cx: final.x.toFixed(1), cy: final.y.toFixed(1), r: '2.5' }),
  );
}

const number = (value: number, { lang }: Words): string =>
  new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(value);
