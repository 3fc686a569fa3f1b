/** English words that a question begins with, or that make one of a sentence wherever they stand. */
const english = [
  /^(?:is|are|was|were|does|do|did|has|have|any|check|look|could|can|how|when|where|why)\b/i,
  /\b(?:what|which|who|whose|show|list|see|tell me|find out|look (?:at|up)|how (?:many|much|long|far|big|often))\b/i,
] as const;

/** Parts of Korean words that ask to be told or shown something. */
const korean = new RegExp(
  [
    '뭐|무엇|무슨|어디|누가|누구|언제|얼마|몇|어떤|어느|왜 ',
    '보여|조회|확인|알려|목록|볼래|보고 ?싶|보자|봐 ?줘|찾아',
    '인지|는지|은지|있나|있어\\??$|있는|했나|됐나|됐어|할까|인가|나요|까요|맞아',
  ].join('|'),
);

/** Whether somebody wants to be told something, and not to have something done. */
export const asksToKnow = (text: string): boolean => [...english, korean].some((sign) => sign.test(text));
