import type { Question } from './question.js';

/** A question, and the operations that answer it. */
type Row = readonly [ask: string, ...want: string[]];

/** Questions in one language to one provider. */
export const questionsIn = (
  language: Question['language'],
  provider: Question['provider'],
  rows: readonly Row[],
): Question[] => rows.map(([ask, ...want]) => ({ ask, language, provider, want }));
