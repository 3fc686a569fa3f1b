import type { Cegedim } from '../store.js';
import { addHistory, tell } from './history.js';
import { addInstances } from './instances.js';

/** Five instances in five services and what happened to them; then the scenario's own turn of the story. */
export function seed(cegedim: Cegedim): void {
  addInstances(cegedim);
  addHistory(cegedim);
  tell(cegedim);
}
