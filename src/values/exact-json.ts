/**
 * Reads JSON. A whole number that JavaScript cannot hold exactly becomes the text of its digits, so that an id of 64
 * bits stays what it is.
 */
export const parseExactly = (json: string): unknown =>
  JSON.parse(mayBeInexact.test(json) ? json.replace(textOrLongNumber, quoted) : json);

/** 2^53 has 16 digits. Most answers have no number of that length, and are not searched any further. */
const mayBeInexact = /[\s:[,]-?\d{16}/;
const textOrLongNumber = /"(?:[^"\\]+|\\.)*"|-?\b\d{16,}\b(?![.eE])/g;

const quoted = (token: string): string => (token.startsWith('"') || isExact(token) ? token : `"${token}"`);
const isExact = (digits: string): boolean => String(Number(digits)) === digits;

/** An id as a number where that is exact, or else as the text of its digits. */
export const exactId = (digits: string): number | string => (isExact(digits) ? Number(digits) : digits);
