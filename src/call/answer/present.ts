import type { Presentation } from '../../define/index.js';
import type { TimeText } from '../../values/time-text.js';
import { isRecord, pointValue, type Values } from '../../values/values.js';

export interface Presented {
  answer: Values;
  /** What was left out, and how to get it. */
  notes: string[];
}

export interface PresentOptions {
  language: string;
  timeText: TimeText;
}

/** More points than this do not make an answer clearer. */
const mostPoints = 60;

/** Makes an answer readable, as its tool declares. */
export function present(
  answer: Values,
  presents: readonly Presentation[] = [],
  { language, timeText }: PresentOptions,
): Presented {
  return presents.reduce<Presented>(
    ({ answer: before, notes }, presentation) => {
      const lists = presentation.at.replace(/\[\]$/, '');
      const list = before[lists];
      if (!Array.isArray(list)) return { answer: before, notes };
      const done =
        presentation.kind === 'series'
          ? series(list, presentation, timeText)
          : inLanguage(list, presentation, language);
      return { answer: { ...before, [lists]: done.list }, notes: [...notes, ...done.notes] };
    },
    { answer, notes: [] },
  );
}

interface Done {
  list: unknown[];
  notes: string[];
}

function series(
  list: readonly unknown[],
  { values, interval }: Extract<Presentation, { kind: 'series' }>,
  timeText: TimeText,
): Done {
  let most = 0;
  const done = list.map((item) => {
    const points = isRecord(item) ? item[values] : undefined;
    if (!isRecord(item) || !Array.isArray(points)) return item;
    most = Math.max(most, points.length);
    return { ...item, summary: summary(points, timeText), [values]: thinned(points) };
  });
  const note =
    `Up to ${most} points a series were measured and ${mostPoints} are shown; ` +
    `a shorter range or another ${interval} shows others.`;
  return { list: done, notes: most > mostPoints ? [note] : [] };
}

/** Epoch seconds have fewer digits than this until the year 5138, and epoch milliseconds have had more since 1973. */
const firstMilliseconds = 1e11;

/** The time of a point for people. Absent for a point without a time. */
function timeOf(point: unknown, timeText: TimeText): string | undefined {
  const given = Array.isArray(point) ? point[0] : isRecord(point) ? point['timestamp'] : undefined;
  const number = given === null || given === undefined || given === '' ? Number.NaN : Number(given);
  if (Number.isFinite(number)) return timeText(number < firstMilliseconds ? number * 1000 : number);
  return typeof given === 'string' && given !== '' ? timeText(given) : undefined;
}

function summary(points: readonly unknown[], timeText: TimeText) {
  const numbers = points.map(pointValue).filter(Number.isFinite);
  if (numbers.length === 0) return { count: 0 };
  const total = numbers.reduce((sum, number) => sum + number, 0);
  const [from, to] = [points.at(0), points.at(-1)].map((point) => timeOf(point, timeText));
  return {
    count: numbers.length,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    min: numbers.reduce((a, b) => Math.min(a, b)),
    max: numbers.reduce((a, b) => Math.max(a, b)),
    mean: Number((total / numbers.length).toPrecision(6)),
    last: numbers.at(-1),
  };
}

/** Picks evenly spaced points, including the first and the last. */
function thinned(points: readonly unknown[]): unknown[] {
  if (points.length <= mostPoints) return [...points];
  const step = (points.length - 1) / (mostPoints - 1);
  return Array.from({ length: mostPoints }, (_, index) => points[Math.round(index * step)]);
}

function inLanguage(
  list: readonly unknown[],
  { texts, code, text, as }: Extract<Presentation, { kind: 'languages' }>,
  language: string,
): Done {
  const done = list.map((item) => {
    if (!isRecord(item) || !Array.isArray(item[texts])) return item;
    const { [texts]: all, ...rest } = item;
    return { ...rest, [as]: best((all as unknown[]).filter(isRecord)) };
  });
  return { list: done, notes: [] };

  /** The text in the wanted language, or else in English, or else in the first language that has one. */
  function best(all: Values[]): unknown {
    const filled = all.filter((each) => typeof each[text] === 'string' && each[text].trim() !== '');
    const named = (name: string) => filled.find((each) => String(each[code]).toLowerCase() === name);
    return (named(language.toLowerCase()) ?? named('en') ?? filled[0])?.[text] ?? '';
  }
}
