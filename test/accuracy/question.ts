/** What somebody asks for in their own words, and the operations that answer it: none where nothing does. */
export interface Question {
  ask: string;
  language: 'en' | 'ko';
  provider: 'nhn' | 'samsung' | 'naver' | 'cegedim' | 'pgfleet';
  want: readonly string[];
}

/** Questions of one provider in one language, a row each: the words, then the operations that answer them. */
export const questions = (
  provider: Question['provider'],
  language: Question['language'],
  rows: readonly (readonly [ask: string, ...want: string[]])[],
): Question[] => rows.map(([ask, ...want]) => ({ ask, language, provider, want }));
