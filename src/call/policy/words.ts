/** Quotes a value as it was given, safe to print in one line of a terminal. */
export function quoted(value: unknown, longest = 80): string {
  const text = (JSON.stringify(value) ?? String(value)).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{fffd}');
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** The same for a name, without quotation marks. */
export const unquoted = (text: string): string => quoted(text).replace(/^"|"$/g, '');

/** Joins names as `a`, `a or b`, or `a, b or c`. */
export function either(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}
