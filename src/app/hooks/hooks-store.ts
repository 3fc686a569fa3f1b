import { dirname, join } from 'node:path';
import { isOfHooks } from '../../observe/hooks/outbox.js';
import { filedStore } from '../../store/filed.js';
import type { Store } from '../../store/store.js';

/** The shared store, or else files beside the audit record: what is to be told outlives the process either way. */
export const hooksStore = (store: Store, record: string, now: () => number): Store =>
  store.isShared ? store : filedStore(store, { folder: join(dirname(record), 'hooks'), isFiled: isOfHooks, now });
