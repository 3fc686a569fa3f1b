import { concepts } from './concepts.js';
import { stem, stemsOf } from './english.js';
import { bareWords, syllablePairs } from './korean.js';

/** What stands for a notion in the index, whatever word was used for it. */
const mark = '#';

/** By the stems of the English words, joined where there are several. */
const englishConcepts = new Map<string, string[]>();
const koreanConcepts: (readonly [word: string, concept: string])[] = [];
for (const [concept, [english, korean]] of Object.entries(concepts)) {
  for (const word of english.split(' ')) {
    const key = word.split('-').map(stem).join(' ');
    englishConcepts.set(key, [...(englishConcepts.get(key) ?? []), mark + concept]);
  }
  for (const word of korean.split(' ')) koreanConcepts.push([word, mark + concept]);
}

/** What a text is found by: the stems of its English words, the syllable pairs of its Korean ones, and its notions. */
export function termsOf(text: string): string[] {
  const { english, korean } = wordsOf(text);
  return [
    ...stemsOf(english),
    ...englishNotions(english),
    ...bareWords(korean).flatMap(syllablePairs),
    ...koreanNotions(korean),
  ];
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

export const isNotion = (term: string): boolean => term.startsWith(mark);

function englishNotions(words: readonly string[]): string[] {
  const stems = words.map(stem);
  const phrases = stems.flatMap((each, at) => [
    each,
    stems.slice(at, at + 2).join(' '),
    stems.slice(at, at + 3).join(' '),
  ]);
  return [...new Set(phrases)].flatMap((phrase) => englishConcepts.get(phrase) ?? []);
}

const koreanNotions = (words: readonly string[]): string[] =>
  words.flatMap((word) => koreanConcepts.flatMap(([part, concept]) => (word.includes(part) ? [concept] : [])));
