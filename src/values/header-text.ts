/**
 * Why a text cannot be the value of an HTTP header as it is, in words that quote nothing of it. Undefined when it can.
 */
export function headerFault(text: string): string | undefined {
  if (/[\r\n]/.test(text)) return 'has a line break';
  // Spaces around a value are lost on the way, and a signature over them then fits nothing.
  if (text.trim() !== text) return 'begins or ends with a space';
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text) ? undefined : 'has a character that no HTTP header can carry';
}
