import type { Cegedim } from '../store.js';
import { addInstances } from './fleet.js';
import { addHistory } from './history.js';
import { tell } from './scenarios.js';

/** Five instances in five services and what happened to them; then the scenario's own turn of the story. */
export function seed(cegedim: Cegedim): void {
  addInstances(cegedim);
  addHistory(cegedim);
  tell(cegedim);
}
