import type { Question } from '../question.js';
import { cegedimQuestions } from './cegedim.js';
import { fleetQuestions } from './fleet.js';
import { naverQuestions } from './naver.js';
import { nhnQuestions } from './nhn.js';
import { samsungQuestions } from './samsung.js';
import { unanswerableOneQuestions } from './unanswerable-one.js';
import { unanswerableTwoQuestions } from './unanswerable-two.js';

/** Questions that an operation answers. */
export const answerable: readonly Question[] = [
  ...nhnQuestions,
  ...samsungQuestions,
  ...naverQuestions,
  ...cegedimQuestions,
  ...fleetQuestions,
];

/** Questions that nothing here answers. */
export const unanswerable: readonly Question[] = [...unanswerableOneQuestions, ...unanswerableTwoQuestions];
