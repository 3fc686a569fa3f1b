import { concepts } from './concepts.js';
import { stem, stemsOf } from './english.js';
import { syllablePairs } from './korean.js';

/** A question is cut here: nobody says what they want in more. */
export const longestQuestion = 1_000;

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
  const plain = text
    .normalize('NFKC')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase();
  const english = plain.match(/[a-z\d]+/g) ?? [];
  const korean = plain.match(/[가-힣]+/g) ?? [];
  return [...stemsOf(english), ...englishNotions(english), ...syllablePairs(korean), ...koreanNotions(korean)];
}

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
