/**
 * Makes a text from outside safe in a sentence of this server: one line of limited length that cannot end a quotation,
 * and has no markup.
 */
export const sanitizeText = (text: string, longest = 100): string =>
  oneLine(text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}`<>]+/gu, ' '), longest);

/**
 * The same for a value within a sentence of this server. What is more than a word is put in quotation marks, so that
 * nothing in it can pass for a part of the sentence.
 */
export function quoteText(text: string, longest?: number): string {
  const plain = sanitizeText(text, longest);
  return word.test(plain) ? plain : `"${plain}"`;
}

const word = /^[\p{L}\p{N}_@+-](?:[\p{L}\p{N}_@+:./-]*[\p{L}\p{N}_@+/-])?$/u;

/**
 * The same for the words of a provider in a result that a model reads: `<` and `>` stay, because they belong to what is
 * said, but nothing can look like the mark that begins or ends a fence around data.
 */
export function sanitizeWords(text: string, longest = 100): string {
  const shown = text.slice(0, 4 * longest);
  const isMark = (after: string) => restOfMark.test(plainLetters(after.slice(0, longest)));
  const plain = shown.replace(angle, (sign, at: number) => (isMark(shown.slice(at + sign.length)) ? ' ' : sign));
  return oneLine(plain, longest);
}

/** The same for what is a word as a rule, such as a code. It is put in quotation marks where it is more. */
export const quoteWords = (text: string, longest?: number): string => quoteText(sanitizeWords(text, longest), longest);

/** Angle brackets that open, and characters that look like them, within a class of a regular expression. */
export const angleBrackets =
  String.raw`<\u02c2\u1438\u2039\u226a\u2329\u276e\u2770\u27e8\u27ea` + String.raw`\u29fc\u3008\u300a\ufe64\uff1c`;

/** The same as entities, without the sign that begins one. */
export const angleEntities = String.raw`(?:lt|#0*60|#x0*3c)`;

const angle = new RegExp(String.raw`[${angleBrackets}]|&${angleEntities};?`, 'giu');

const slashes = String.raw`/\\\u2044\u2215\u2571\u29f8`;

/**
 * What follows on the bracket of a mark. Blanks, more brackets, capitals and letters that look alike are no way around
 * it, and neither is a text that ends before the word does, because another text may follow.
 */
const restOfMark = new RegExp(
  String.raw`^(?:[\s${slashes}${angleBrackets}]|&${angleEntities};?)*` +
    String.raw`(?:$|[d\u0501]\s*(?:$|[a\u0251\u03b1\u0430]\s*(?:$|[t\u03c4\u0442]\s*` +
    String.raw`(?:$|[a\u0251\u03b1\u0430](?![\p{L}\p{N}_])))))`,
  'iu',
);

/** Without what is not seen, wide and other forms of letters, and the marks on them. */
const plainLetters = (text: string): string =>
  text
    .replace(unseen, ' ')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '');

const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}`]+/gu;

function oneLine(text: string, longest: number): string {
  const line = text.replace(unseen, ' ').replaceAll('"', "'").trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
