import { describe, expect, test } from 'vitest';
import { present } from '../../src/call/answer/present.js';
import type { Presentation } from '../../src/define/index.js';
import { timesIn } from '../../src/values/time-text.js';

const series: Presentation = { kind: 'series', at: 'series[]', values: 'values', interval: 'interval' };
const languages: Presentation = {
  kind: 'languages',
  at: 'events[]',
  texts: 'messages',
  code: 'lang',
  text: 'text',
  as: 'message',
};

const said = (...all: [string, unknown][]) => all.map(([lang, text]) => ({ lang, text }));

const utc = { language: 'en', timeText: timesIn('UTC') };

describe('one language of several', () => {
  const table: [string, unknown, string, unknown][] = [
    ['the wanted one', said(['EN', 'a'], ['KO', 'b']), 'ko', 'b'],
    ['English when the wanted one is missing', said(['JA', 'a'], ['EN', 'b']), 'ko', 'b'],
    ['English when the wanted one is empty', said(['KO', ' '], ['EN', 'b']), 'ko', 'b'],
    ['whatever there is', said(['JA', ''], ['ZH', 'c']), 'ko', 'c'],
    ['nothing where nothing is', said(), 'ko', ''],
    ['nothing where nothing can be read', [null, 'x', { lang: 'KO' }, { lang: 'KO', text: 5 }], 'ko', ''],
  ];
  test.each(table)('%s', (_, messages, wanted, message) => {
    const { answer, notes } = present({ events: [{ id: 1, messages }] }, [languages], { ...utc, language: wanted });
    expect(answer).toEqual({ events: [{ id: 1, message }] });
    expect(notes).toEqual([]);
  });

  test('items without texts stay', () => {
    const events = [{ id: 1 }, { id: 2, messages: null }, null, 'x'];
    expect(present({ events }, [languages], utc).answer).toEqual({ events });
  });
});

describe('series of values', () => {
  const points = (count: number) => Array.from({ length: count }, (_, index) => [index, index]);
  const shown = (values: unknown[]) => {
    const { answer, notes } = present({ series: [{ name: 'cpu', values }] }, [series], utc);
    const [first] = answer['series'] as { values: unknown[]; summary: object }[];
    return { ...first, notes };
  };

  test('few points are all shown', () => {
    expect(shown(points(60))).toMatchObject({ values: points(60), notes: [] });
  });

  test.each([61, 119, 1000, 100_000])('%i points are thinned evenly, both ends kept', (count) => {
    const { values = [], notes } = shown(points(count));
    expect(values).toHaveLength(60);
    expect(values.at(0)).toEqual([0, 0]);
    expect(values.at(-1)).toEqual([count - 1, count - 1]);
    expect(new Set(values.map(String)).size).toBe(60);
    expect(notes.join()).toContain(String(count));
  });

  const table: [string, unknown[], object][] = [
    ['nothing', [], { count: 0 }],
    ['nothing but gaps', [[0, null], [1, ''], [2], null, 'x'], { count: 0 }],
    ['one value', [[0, '2.5']], { count: 1, min: 2.5, max: 2.5, mean: 2.5, last: 2.5 }],
    [
      'values below zero',
      [
        [0, -3],
        [1, '-1'],
      ],
      { count: 2, min: -3, max: -1, mean: -2, last: -1 },
    ],
    [
      'zeros',
      [
        [0, 0],
        [1, '0'],
      ],
      { count: 2, min: 0, max: 0, mean: 0, last: 0 },
    ],
    [
      'objects',
      [
        { timestamp: 0, value: 1 },
        { timestamp: 1, value: '3' },
      ],
      { count: 2, mean: 2, last: 3 },
    ],
    [
      'no numbers',
      [
        [0, 'NaN'],
        [1, 'Infinity'],
        [2, 'x'],
        [3, 1],
      ],
      { count: 1, last: 1 },
    ],
  ];
  test.each(table)('%s are summed up', (_, values, summary) => {
    expect(shown(values)).toMatchObject({ summary });
  });
});

test('an answer without what is to be presented stays', () => {
  for (const answer of [{}, { series: null }, { events: 'x' }, { series: { values: [] } }])
    expect(present(answer, [series, languages], utc)).toEqual({ answer, notes: [] });
});
