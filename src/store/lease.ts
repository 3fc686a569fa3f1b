import type { Store } from './store.js';

/** A right that one of all processes has at a time. */
export interface Lease {
  /** Takes or renews the right until then, in epoch milliseconds. False while another process has it. */
  hold(expires: number): Promise<boolean>;
  /** Gives the right back. False where another process has it. */
  release(): Promise<boolean>;
}

export interface LeaseOptions {
  store: Pick<Store, 'compareAndSet'>;
  collection: string;
  id: string;
  /** The id of this process, which no other process has. */
  holder: string;
}

export const leaseOf = ({ store, collection, id, holder }: LeaseOptions): Lease => ({
  async hold(expires) {
    const held = await store.compareAndSet(collection, id, { previous: holder, next: holder, expires });
    return held || store.compareAndSet(collection, id, { next: holder, expires });
  },
  release: () => store.compareAndSet(collection, id, { previous: holder, expires: 0 }),
});
