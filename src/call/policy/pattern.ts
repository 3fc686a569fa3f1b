import picomatch from 'picomatch';

/** A pattern as it is written in the file, and what it matches: always the whole text, never a part of it. */
export interface Pattern {
  text: string;
  fits: (text: string) => boolean;
  fitsInAnyCase: (text: string) => boolean;
}

/**
 * `*` matches any characters or none, `?` matches one, and `{a,b}` one of these. After a backslash, a character stands
 * for itself.
 */
export function patternOf(text: string): Pattern {
  const glob =
    start + text.normalize().replace(signs, (sign, kept?: string) => kept ?? standIn(sign.replace(/^\\(.)/s, '$1')));
  // Without `debug`, a pattern that cannot be compiled would silently match nothing.
  const options = { debug: true };
  const exact = picomatch.makeRe(glob, { ...options, flags: 's' });
  const anyCase = picomatch.makeRe(glob, { ...options, flags: 'is' });
  return { text, fits: (name) => exact.test(spell(name)), fitsInAnyCase: (name) => anyCase.test(spell(name)) };
}

/**
 * Names are not paths. Characters that picomatch would treat as path separators (slash, dot) or as syntax are replaced
 * by stand-ins, both in patterns and in names. The first letter lets `*` match an empty name too.
 */
const start = 'x';
const signs = /([*?{}]|,(?=(?:\\.|[^\\{}])*\}))|\\.|[\W_]/gs;
const standIn = (sign: string): string => (sign < '\u0080' ? String.fromCharCode(0xe000 + sign.charCodeAt(0)) : sign);
const spell = (name: string): string => start + name.normalize().replace(/[\W_]/g, standIn);

const list = /\{[^{},]*(?:,[^{},]*)+\}/g;
const literal = 'For the sign itself put a backslash before it (two in JSON)';

/** What does not work in a pattern. These faults are checked first and in this order. */
const faults: readonly { found: RegExp; say: string }[] = [
  { found: /\\/, say: 'a backslash has to stand before a sign such as * or [; for a backslash itself write two' },
  { found: /^!/, say: `a pattern cannot be turned round with "!": put a rule for the others first. ${literal}` },
  { found: /[[\]]/, say: `"[" and "]" have no meaning here: list the names one by one, or use {a,b}. ${literal}` },
  { found: /[@+!?*]\(/, say: `"(" after @, +, !, ? or * has no meaning here: use {a,b}. ${literal}` },
  { found: /[{}]/, say: `braces go in pairs, with a comma and no further braces in them, as in {a,b}. ${literal}` },
];

/**
 * Other glob languages have more syntax. Here it would be taken literally and never match, so it is a fault instead.
 */
export function patternFault(text: string): string | undefined {
  const bare = text.replace(/\\[^\p{L}\p{N}]/gu, '-').replace(list, '-');
  return faults.find(({ found }) => found.test(bare))?.say;
}
