import type { Naver } from '../store.js';
import { fleet, toInstance } from './instances.js';
import { healthy, tell } from './scenarios.js';

/** Five instances, and then the scenario's own turn of the story. */
export function seed(naver: Naver): void {
  const { world, store } = naver;
  const specs = world.scenario === 'quiet' ? fleet.map(healthy) : fleet;
  for (const spec of specs) store.add(toInstance(spec, world.now()));
  tell(naver);
}
