import { copied } from '../../core/copies.js';
import type { Naver } from '../store.js';
import { fleet, inCopy, specIn, toInstance } from './fleet.js';
import { healthy, tell } from './scenarios.js';

/** Adds five instances, and then applies the scenario. */
export function seed(naver: Naver): void {
  const { account, world, store } = naver;
  const specs = world.scenario === 'quiet' ? fleet.map(healthy) : fleet;
  const all = copied(specs, world.copies, inCopy);
  for (const spec of all) store.instances.add(toInstance(specIn(account, spec), world.now()));
  tell(naver);
}
