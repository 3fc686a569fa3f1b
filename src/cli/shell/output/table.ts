import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import type { Screen } from '../context.js';

const none = '';
const chars = {
  top: none,
  'top-mid': none,
  'top-left': none,
  'top-right': none,
  bottom: none,
  'bottom-mid': none,
  'bottom-left': none,
  'bottom-right': none,
  left: none,
  'left-mid': none,
  mid: none,
  'mid-mid': none,
  right: none,
  'right-mid': none,
  middle: '  ',
};

/** Columns without lines between them, as wide as the terminal at most. For a program, nothing is wrapped. */
export function table(rows: readonly (readonly string[])[], { columns }: Screen, head?: readonly string[]): string {
  const all = head ? [head, ...rows] : rows;
  const widths = columns === undefined ? undefined : fitted(all, columns);
  const made = new Table({
    chars,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    ...(widths && { wordWrap: true, colWidths: widths }),
  });
  // A word that is wider than its column is broken, since nothing of it may be lost.
  const cellOf = (content: string, index: number) => ({
    content,
    wrapOnWordBoundary: longestWord(content) <= (widths?.[index] ?? 0),
  });
  made.push(...all.map((row) => row.map(cellOf)));
  return made
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Below this, a column has words broken everywhere, so the table may be wider than the terminal. */
const narrowest = 8;

/**
 * The widths of the columns: the widest gives way until all fit, first those that stay as wide as their longest word.
 * Undefined where they fit as they are.
 */
function fitted(rows: readonly (readonly string[])[], columns: number): number[] | undefined {
  const widths = widestOf(rows, breadth);
  const words = widestOf(rows, longestWord);
  const room = columns - chars.middle.length * (widths.length - 1);
  const excess = () => widths.reduce((total, width) => total + width, -room);
  if (excess() <= 0) return undefined;
  for (const floors of [words, words.map(() => narrowest)])
    while (excess() > 0) {
      const spare = widths.map((width, index) => (width > (floors[index] ?? 0) ? width : 0));
      const widest = spare.indexOf(Math.max(...spare));
      if (!spare[widest]) break;
      widths[widest] = spare[widest] - 1;
    }
  return widths;
}

const widestOf = (rows: readonly (readonly string[])[], measure: (text: string) => number): number[] =>
  rows.reduce<number[]>((widest, row) => row.map((text, index) => Math.max(widest[index] ?? 0, measure(text))), []);

/** An upper bound is enough to share the room; the table itself measures exactly. */
const breadth = (text: string): number => stripVTControlCharacters(text).replace(maybeWide, '  ').length;

const maybeWide = /[\u1100-\u{10ffff}]/gu;

const longestWord = (text: string): number => Math.max(...text.split(' ').map(breadth));
