import picomatch from 'picomatch';

/** A pattern as it stands in the file, and what it fits: always the whole text, never a part. */
export interface Pattern {
  text: string;
  fits: (text: string) => boolean;
  fitsInAnyCase: (text: string) => boolean;
}

/** `*` any characters or none, `?` one, `{a,b}` one of these; a backslash makes the next sign stand for itself. */
export function patternOf(text: string): Pattern {
  const glob =
    start + text.normalize().replace(signs, (sign, kept?: string) => kept ?? standIn(sign.replace(/^\\(.)/s, '$1')));
  // Without `debug`, a pattern that cannot be compiled would silently fit nothing.
  const options = { debug: true };
  const exact = picomatch.makeRe(glob, { ...options, flags: 's' });
  const anyCase = picomatch.makeRe(glob, { ...options, flags: 'is' });
  return { text, fits: (name) => exact.test(spell(name)), fitsInAnyCase: (name) => anyCase.test(spell(name)) };
}

/**
 * Names are no paths. The signs that picomatch would treat as such (slash, dot) or as syntax are put out of its sight
 * by stand-ins, in patterns and in names alike. The letter in front lets `*` fit an empty name, too.
 */
const start = 'x';
const signs = /([*?{}]|,(?=(?:\\.|[^\\{}])*\}))|\\.|[\W_]/gs;
const standIn = (sign: string): string => (sign < '\u0080' ? String.fromCharCode(0xe000 + sign.charCodeAt(0)) : sign);
const spell = (name: string): string => start + name.normalize().replace(/[\W_]/g, standIn);

const list = /\{[^{},]*(?:,[^{},]*)+\}/g;
const literal = 'For the sign itself put a backslash before it (two in JSON)';

/** What does not work in a pattern, found before the rest and in this order. */
const faults: readonly { found: RegExp; say: string }[] = [
  { found: /\\/, say: 'a backslash has to stand before a sign such as * or [; for a backslash itself write two' },
  { found: /^!/, say: `a pattern cannot be turned round with "!": put a rule for the others first. ${literal}` },
  { found: /[[\]]/, say: `"[" and "]" have no meaning here: list the names one by one, or use {a,b}. ${literal}` },
  { found: /[@+!?*]\(/, say: `"(" after @, +, !, ? or * has no meaning here: use {a,b}. ${literal}` },
  { found: /[{}]/, say: `braces go in pairs, with a comma and no further braces in them, as in {a,b}. ${literal}` },
];

/** Other glob languages know more. What would be taken for itself here, and so never fit, is a fault instead. */
export function patternFault(text: string): string | undefined {
  const bare = text.replace(/\\[^\p{L}\p{N}]/gu, '-').replace(list, '-');
  return faults.find(({ found }) => found.test(bare))?.say;
}
