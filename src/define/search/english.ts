/** Words that say nothing about what is wanted. */
const fillers = new Set(
  (
    'a an the this that these those it its i me my we us our you your they them their is are was were be been ' +
    'being am do does did doing done to of in on at by for from with as into onto and or but if so than then ' +
    'there here please can could would should will shall may might must want wants need needs let lets get got ' +
    'give tell have has had what which how just some any one ones s t re ve ll m d don doesn didn isn aren ' +
    'wasn can'
  ).split(' '),
);

/** Endings that leave the meaning as it is, the longest first, with what takes their place. */
const endings: readonly (readonly [ending: RegExp, instead: string])[] = [
  [/(ss|us|is)$/, '$1'],
  [/ies$/, 'y'],
  [/(x|ch|sh|ss|zz)es$/, '$1'],
  [/s$/, ''],
];
const verbEndings: readonly (readonly [ending: RegExp, instead: string])[] = [
  [/ations?$/, 'at'],
  [/(t|s)ions?$/, '$1'],
  [/ments?$/, ''],
  [/([bdgklmnprtvz])\1(?:ing|ed|er)$/, '$1'],
  [/(?:ing|ed|ly)$/, ''],
  [/y$/, 'i'],
  [/e$/, ''],
];

/** The stem of an English word in small letters. Forms of one word have one stem, which need not be a word itself. */
export function stem(word: string): string {
  if (word.length <= 3 || /\d/.test(word)) return word;
  const single = replaceFirst(word, endings);
  const shorter = replaceFirst(single, verbEndings);
  return /[aeiouy]/.test(shorter) && shorter.length >= 3 ? shorter.replace(/e$/, '') : single;
}

function replaceFirst(word: string, rules: readonly (readonly [ending: RegExp, instead: string])[]): string {
  const rule = rules.find(([ending]) => ending.test(word));
  return rule ? word.replace(rule[0], rule[1]) : word;
}

/** The stems of those words that say something. */
export const stemsOf = (words: readonly string[]): string[] => words.filter((word) => !fillers.has(word)).map(stem);
