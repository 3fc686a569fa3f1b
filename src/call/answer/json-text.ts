import { angleBrackets, angleEntities } from '../../values/sanitize-text.js';

/** What could be taken for a mark of a fence, or is not seen. */
const unsafe = new RegExp(
  [
    // Angle brackets, what looks like them, and entities of them.
    String.raw`[${angleBrackets}]|&(?=${angleEntities})`,
    // Control characters that JSON leaves alone, blanks without width, and signs that change the direction of writing.
    String.raw`[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]`,
    // Tags, which spell out a text that is not shown.
    String.raw`\udb40[\udc00-\udfff]`,
  ].join('|'),
  'gi',
);

/** A value as JSON in which nothing can end a fence or hide, in keys as in texts. It reads back as the same value. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return isPlain(text) ? text : text.replace(unsafe, escaped);
}

/** Most answers are, and seeing it takes a fraction of the time that the search takes. */
const isPlain = (text: string): boolean =>
  Buffer.byteLength(text) === text.length && !['<', '&', '\u007f'].some((sign) => text.includes(sign));

const escaped = (text: string): string =>
  text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
