import { deeds, things } from './concepts.js';
import { stem, stemsOf } from './english.js';
import { bareWords, syllablePairs } from './korean.js';

/** What stands for a notion in the index, whatever word was used for it. */
const mark = '#';

/** By the stems of the English words, joined where there are several. */
const englishConcepts = new Map<string, string[]>();
const koreanConcepts: (readonly [word: string, concept: string])[] = [];
for (const [concept, [english, korean]] of Object.entries({ ...things, ...deeds })) {
  for (const word of english.split(' ')) {
    const key = word.split(/[-_]/).map(stem).join(' ');
    englishConcepts.set(key, [...(englishConcepts.get(key) ?? []), mark + concept]);
  }
  for (const word of korean.split(' ')) koreanConcepts.push([word, mark + concept]);
}

/**
 * What a text is found by: the stems of its English words, the syllable pairs of its Korean ones, its notions, and each
 * two notions of one line, which tell deleting a user of a backup from deleting a backup of a user.
 */
export const termsOf = (text: string): string[] => text.split('\n').flatMap(termsOfLine);

function termsOfLine(line: string): string[] {
  const { english, korean } = wordsOf(line);
  const names =
    line
      .toLowerCase()
      .match(nameOfSeveralWords)
      ?.filter((name) => conceptsOf(name)) ?? [];
  // A name of several words stands for what it names: what limits max_connections is a parameter, and opens no access.
  const others = names.reduce((rest, name) => rest.replace(name, ' '), line.toLowerCase());
  const notions = [
    ...new Set([
      ...names.flatMap((name) => conceptsOf(name) ?? []),
      ...englishNotions(wordsOf(others).english),
      ...koreanNotions(korean),
    ]),
  ].toSorted();
  const couples = notions.flatMap((one, at) => notions.slice(at + 1).map((other) => one + other));
  return [...stemsOf(english), ...bareWords(korean).flatMap(syllablePairs), ...notions, ...couples];
}

/** The words of a text that say what it is about, each in one form. */
export function contentWords(text: string): ReadonlySet<string> {
  const { english, korean } = wordsOf(text);
  return new Set([...stemsOf(english), ...bareWords(korean)]);
}

function wordsOf(text: string) {
  const parted = text.normalize('NFKC').replace(/([a-z\d])([A-Z])/g, '$1 $2');
  const plain = parted.toLowerCase();
  return { english: plain.match(/[a-z\d]+/g) ?? [], korean: plain.match(/[가-힣]+/g) ?? [] };
}

/** The notion of what nothing here deals with. */
export const elsewhere = `${mark}elsewhere`;

/** Whether a term stands for something that is done. */
export const isDeed = (term: string): boolean => term.slice(mark.length) in deeds;

/** Whether a term stands for notions, and not for a word as it is. */
export const isNotion = (term: string): boolean => term.startsWith(mark);

/** Whether a term stands for two notions. */
export const isCouple = (term: string): boolean => term.lastIndexOf(mark) > 0;

/** How many words may stand between the parts of a term: "turn the old one on". */
const widestGap = 1;

const nameOfSeveralWords = /[a-z]+(?:_[a-z\d]+)+/g;

const conceptsOf = (name: string): readonly string[] | undefined =>
  englishConcepts.get(name.split('_').map(stem).join(' '));

function englishNotions(words: readonly string[]): string[] {
  const stems = words.map(stem);
  const phrases = stems.flatMap((each, at) => [
    each,
    ...stems.slice(at + 1, at + 2 + widestGap).map((next) => `${each} ${next}`),
    stems.slice(at, at + 3).join(' '),
  ]);
  return [...new Set(phrases)].flatMap((phrase) => englishConcepts.get(phrase) ?? []);
}

const koreanNotions = (words: readonly string[]): string[] =>
  words.flatMap((word) => koreanConcepts.flatMap(([part, concept]) => (word.includes(part) ? [concept] : [])));
