import type { Cegedim } from '../store.js';
import { addInstances } from './fleet.js';
import { addHistory } from './history.js';
import { tell } from './scenarios.js';

/** Adds five instances in five services and their history. Then it applies the scenario. */
export function seed(cegedim: Cegedim): void {
  addInstances(cegedim);
  addHistory(cegedim);
  tell(cegedim);
}
