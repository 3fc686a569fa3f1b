const oneOf = (...words: readonly string[]): string =>
  `(?:${words.join('|').replaceAll(' ', '|').replaceAll('_', ' ')})\\b`;

/** English words that a question begins with, or that make one of a sentence wherever they stand. */
const english = [
  new RegExp(
    `^${oneOf(
      'is are was were does do did has have any anything could can would',
      'how when where why check look describe history',
      'details? contents? topology status state current names?_of ids?_of',
    )}`,
    'i',
  ),
  new RegExp(
    `\\b${oneOf(
      'what which who whose show list see describe tell_me are_there do_we find_out look_at look_up',
      'how_many how_much how_long how_far how_big how_often',
    )}`,
    'i',
  ),
];

/** Parts of Korean words that ask to be told or shown something. */
const korean = new RegExp(
  [
    '뭐|무엇|무슨|어디|누가|누구|언제|얼마|몇|어떤|어느|왜 ',
    '상세|리스트|현황|상태|이력|어때|뭐였|보여|조회|확인|알려|목록|볼래|보고 ?싶|보자|봐 ?줘|찾아',
    '인지|는지|은지|있나|없나|되나|있어\\??$|있는|했나|됐나|됐어|할까|인가|나요|까요|맞아',
  ].join('|'),
);

/** The verb stands at the end of a Korean sentence, and decides. */
const lastWords = (text: string): string => text.trim().split(/\s+/).slice(-2).join(' ');

/** Whether somebody wants to be told something, and not to have something done. */
export const asksToKnow = (text: string): boolean =>
  english.some((sign) => sign.test(text)) || korean.test(lastWords(text));
