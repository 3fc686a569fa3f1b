import { type Store, StoreError } from '../../store/store.js';
import { RefusedError } from '../errors.js';

/**
 * The store as the guard uses it. While it is unavailable, consents can be neither checked nor marked as used, so calls
 * are refused.
 */
export function failClosed(store: Store): Store {
  return {
    ...store,
    get: (...place) => orNo(() => store.get(...place)),
    list: (collection) => orNo(() => store.list(collection)),
    compareAndSet: (...change) => orNo(() => store.compareAndSet(...change)),
    compareAndSetAll: (changes) => orNo(() => store.compareAndSetAll(changes)),
    publish: (...message) => orNo(() => store.publish(...message)),
    subscribe: (...listener) => orNo(() => store.subscribe(...listener)),
    acquire: (...place) => orNo(() => store.acquire(...place)),
  };
}

async function orNo<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const why = 'The shared store cannot be reached, and without it no confirmation can be checked.';
    throw new RefusedError('denied', `${why} Nothing was sent. Try again in a moment.`);
  }
}
