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
  const isMark = (after: string) => restOfMark.test(after.slice(0, longest).replace(unseen, ' ').normalize('NFKC'));
  const plain = shown.replace(angle, (sign, at: number) => (isMark(shown.slice(at + sign.length)) ? ' ' : sign));
  return oneLine(plain, longest);
}

/** An angle bracket as a character, as one that looks like it, and as an entity. */
const angle = /[<\u2039\u2329\u27e8\u3008\ufe64\uff1c]|&(?:lt|#0*60|#x0*3c);?/giu;

/**
 * What follows on the bracket of a mark. Blanks, more brackets, capitals and letters that look alike are no way around
 * it, and neither is a text that ends before the word does, because another text may follow.
 */
const restOfMark = new RegExp(
  String.raw`^(?:[\s/\\<\u2039\u27e8\u3008]|&(?:lt|#0*60|#x0*3c);?)*` +
    String.raw`(?:$|d\s*(?:$|[a\u0430]\s*(?:$|t\s*(?:$|[a\u0430](?![\p{L}\p{N}_])))))`,
  'iu',
);

const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}`]+/gu;

function oneLine(text: string, longest: number): string {
  const line = text.replace(unseen, ' ').replaceAll('"', "'").trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
