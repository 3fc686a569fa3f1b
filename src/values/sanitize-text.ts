/**
 * Makes a text from outside safe in a sentence of this server: one line of limited length that cannot end a quotation.
 */
export function sanitizeText(text: string, longest = 100): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}`<>]+/gu, ' ')
    .replaceAll('"', "'")
    .trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
