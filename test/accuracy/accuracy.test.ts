import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { prompts } from '../../prompts/index.js';
import { openSearch } from '../../src/define/search/index.js';
import { contentWords, elsewhere, termsOf } from '../../src/define/search/terms.js';
import { asksBy } from '../../src/docs/list-asks.js';
import { listTools } from '../../src/docs/list-tools.js';
import { searchIndex } from '../../src/docs/search-documents.js';
import { providerNames } from '../../src/providers/settings.js';
import type { Question } from './question.js';
import { answerable, unanswerable } from './questions/index.js';
import { situations } from './questions/runbooks.js';

type Asked = Readonly<Record<'en' | 'ko', readonly string[]>>;

/** How many of a hundred questions have their operation among the first. */
type Rates = Readonly<Record<'first' | 'three' | 'five', number>>;

/** What is reached: none of it may be lost. */
const floors: Readonly<Record<string, Rates>> = {
  English: { first: 82, three: 96, five: 99 },
  Korean: { first: 90, three: 99, five: 99 },
};
/** The same where the operations of all providers are searched at once: those of one kind are found as one. */
const floorsOverAll: typeof floors = {
  English: { first: 78, three: 92, five: 95 },
  Korean: { first: 85, three: 95, five: 97 },
};
const leastRefused = 80;
const leastRunbooks = 90;

const { search, runbookFor } = openSearch(searchIndex(await listTools()));
const everything = new Set([...providerNames, 'pgfleet']);
const ofProvider = ({ provider }: Question) => new Set([provider, 'pgfleet']);

function ratesOf(questions: readonly Question[], scope: (question: Question) => ReadonlySet<string>): Rates {
  const places = questions.map((question) => {
    const found = search(question.ask, { providers: scope(question), limit: 8 });
    const place = found.findIndex(({ names }) => question.want.some((name) => names.includes(name)));
    return place === -1 ? Infinity : place;
  });
  const rate = (count: number) => (100 * places.filter((place) => place < count).length) / places.length;
  return { first: rate(1), three: rate(3), five: rate(5) };
}

const english = answerable.filter(({ language }) => language === 'en');
const korean = answerable.filter(({ language }) => language === 'ko');

/** Neither words nor weights were chosen by these: the hash of a question decides, and a change of it does. */
const isKeptAside = ({ ask }: Question) => (createHash('sha256').update(ask).digest()[0] ?? 0) % 3 === 0;

const atLeast = ({ first, three, five }: Rates) => ({
  first: expect.toSatisfy((rate: number) => rate >= first, `at least ${first}`),
  three: expect.toSatisfy((rate: number) => rate >= three, `at least ${three}`),
  five: expect.toSatisfy((rate: number) => rate >= five, `at least ${five}`),
});

test('there are 300 questions, half of them in each language, and 30 that nothing answers', () => {
  expect(new Set(answerable.map(({ ask }) => ask)).size).toBeGreaterThanOrEqual(300);
  expect(Math.min(english.length, korean.length)).toBeGreaterThanOrEqual(145);
  expect(unanswerable.length).toBeGreaterThanOrEqual(30);
  expect(unanswerable.filter(({ want }) => want.length > 0)).toEqual([]);
});

test('what a question wants is an operation of its provider, or a tool over all of them', () => {
  const strange = answerable.filter(({ provider, want }) =>
    want.some((name) => !asksBy[provider]?.[name] && !asksBy['pgfleet']?.[name]),
  );
  expect(strange).toEqual([]);
});

test('no question shares more than half of its words with one of the things that people say', () => {
  const said = [...Object.values(asksBy).flatMap(Object.values<Asked>), ...prompts.map(({ asks }) => asks)]
    .flatMap(({ en, ko }) => [...en, ...ko])
    .map((ask) => ({ ask, words: contentWords(ask) }));
  const told = situations.map(([ask]) => ({ ask }));
  const shared = [...answerable, ...unanswerable, ...told].flatMap((question) => {
    const words = [...contentWords(question.ask)];
    const isTooLike = (ask: { words: ReadonlySet<string> }) =>
      words.filter((word) => ask.words.has(word)).length > words.length / 2;
    return said.filter(isTooLike).map(({ ask }) => `${question.ask}: ${ask}`);
  });
  expect(shared).toEqual([]);
});

test.each([
  ['English', english],
  ['Korean', korean],
] as const)('%s questions find their operation as often as they did', (language, questions) => {
  expect(ratesOf(questions, ofProvider)).toEqual(atLeast(floors[language] as Rates));
  expect(ratesOf(questions, () => everything)).toEqual(atLeast(floorsOverAll[language] as Rates));
});

test.each([
  ['one provider', ofProvider],
  ['all of them', () => everything],
])('questions over %s that were kept aside find theirs as often as the rest, within five points', (_, scope) => {
  const aside = ratesOf(answerable.filter(isKeptAside), scope);
  const rest = ratesOf(
    answerable.filter((question) => !isKeptAside(question)),
    scope,
  );
  const least = { first: rest.first - 5, three: rest.three - 5, five: rest.five - 5 };
  expect(aside).toEqual(atLeast(least));
});

test('who tells a situation is led to its runbook', () => {
  const led = situations.filter(([ask, runbook]) => runbookFor(ask) === runbook);
  expect((100 * led.length) / situations.length).toBeGreaterThanOrEqual(leastRunbooks);
});

test('what nothing answers finds nothing', () => {
  const refused = unanswerable.filter(({ ask }) => search(ask, { providers: everything, limit: 8 }).length === 0);
  expect((100 * refused.length) / unanswerable.length).toBeGreaterThanOrEqual(leastRefused);
});

test('nothing that can be found speaks of what is taken for something else', async () => {
  const texts = [
    ...(await listTools()).flatMap(({ title, description }) => [title, description]),
    ...Object.values(asksBy).flatMap((asks) => Object.values(asks).flatMap(({ en, ko }) => [...en, ...ko])),
  ];
  expect(texts.filter((text) => termsOf(text).includes(elsewhere))).toEqual([]);
});
