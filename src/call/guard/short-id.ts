import type { Random } from '../../values/clock.js';

/** Crockford's base32, without the letters that are easily taken for a digit or for another letter. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 10;
const form = new RegExp(`^[${alphabet}]{${length}}$`);

/** Fifty random bits, in characters that a person can read out and a model repeats at little cost. */
export const newShortId = ({ integer }: Pick<Random, 'integer'>): string =>
  Array.from({ length }, () => alphabet[integer(alphabet.length)]).join('');

/** The id as it was made, from what somebody typed. Undefined for a text that cannot be one. */
export function readShortId(text: string): string | undefined {
  const id = text.trim().replaceAll('-', '').toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  return form.test(id) ? id : undefined;
}
