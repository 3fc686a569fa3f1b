/** A text from outside, fit to stand in a sentence of ours: one line, nothing that ends a quotation, not endless. */
export function sanitizeText(text: string, longest = 100): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}`<>]+/gu, ' ')
    .replaceAll('"', "'")
    .trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
