import type { Store } from '../../store/store.js';
import { type Head, headOf } from './chain.js';
import type { AuditLine } from './line.js';

/** The collection with the head of each chain, by the hash of the chain's first line. */
const heads = 'audit-head';
/** The list with the newest lines of all processes, where no other one is named. */
const usualList = 'audit';
const mostLines = 200;
/** A longer line is shown without its arguments. The file has them. */
const longestLine = 16_384;
/** The chain is of no interest to anyone after this time. */
const lifetimeMilliseconds = 10 * 365 * 86_400_000;

export interface SharedAudit {
  /** What the store knows of a chain: nothing but its head. Undefined while the store is unavailable. */
  find(chain: string): Promise<{ head?: Head } | undefined>;
  /** Never throws. What could not be stored is stored with the next line, as far as it still matters. */
  add(chain: string | undefined, line: AuditLine): Promise<void>;
  /** Returns nothing while the store is unavailable. */
  latest(count: number): Promise<readonly AuditLine[]>;
}

export interface SharedAuditOptions {
  store: Store;
  /** Epoch milliseconds. */
  now: () => number;
  list?: string;
  /** Writes a line for the operator. */
  log?: (line: string) => void;
}

/**
 * The part of the audit record that is in the store, so that a cut file is noticed and any process can show the lines.
 */
export function sharedAudit({ store, now, list = usualList, log }: SharedAuditOptions): SharedAudit {
  let isAway = false;

  /** Says only once that the store is unavailable, however many lines are affected. */
  async function tolerant<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      const done = await work();
      isAway = false;
      return done;
    } catch (error) {
      if (!isAway) log?.(`The audit record is written to its file only: ${String(error)}`);
      isAway = true;
      return otherwise;
    }
  }

  async function noteHead(chain: string, { number, hash }: Head): Promise<void> {
    const previous = await store.get(heads, chain);
    if ((headOf(previous)?.number ?? 0) >= number) return;
    const change = { previous, next: JSON.stringify({ number, hash }), expires: now() + lifetimeMilliseconds };
    // Another line was faster. This is rare, and each time the head has moved forward.
    if (!(await store.compareAndSet(heads, chain, change))) await noteHead(chain, { number, hash });
  }

  return {
    find: (chain) => tolerant(async () => ({ head: await headInStore(store, chain) }), undefined),
    add: (chain, line) =>
      tolerant(async () => {
        const noted = chain === undefined ? undefined : noteHead(chain, line);
        await Promise.all([noted, store.append(list, shortened(line), mostLines)]);
      }, undefined),
    latest: (count) =>
      tolerant(async () => {
        const texts = await store.newest(list, Math.min(count, mostLines));
        return texts.map((text) => JSON.parse(text) as AuditLine);
      }, []),
  };
}

export const headInStore = async (store: Store, chain: string): Promise<Head | undefined> =>
  headOf(await store.get(heads, chain));

function shortened(line: AuditLine): string {
  const text = JSON.stringify(line);
  return text.length <= longestLine ? text : JSON.stringify({ ...line, arguments: undefined });
}
