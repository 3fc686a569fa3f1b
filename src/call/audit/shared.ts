import type { Store } from '../../store/store.js';
import type { Head } from './chain.js';
import type { AuditLine } from './line.js';

/** Of the store: the head of each chain, by the hash of the chain's first line. */
const heads = 'audit-head';
/** Of the store: the newest lines of all processes. */
const lines = 'audit';
const mostLines = 200;
/** A line with larger arguments is shown without them; the file has them. */
const longestLine = 16_384;
/** Long after anybody has an interest in the chain. */
const lifetimeMilliseconds = 10 * 365 * 86_400_000;

export interface SharedAudit {
  /** Never throws: what could not be stored is stored with the next line, as far as it still counts. */
  add(chain: string | undefined, line: AuditLine): Promise<void>;
  /** Nothing while the store is away. */
  latest(count: number): Promise<readonly AuditLine[]>;
}

export interface SharedAuditOptions {
  store: Store;
  /** Epoch milliseconds. */
  now: () => number;
  /** A line for the operator. */
  log?: (line: string) => void;
}

/** What the store has of the audit record, so that a file that was cut is noticed, and any process can show it. */
export function sharedAudit({ store, now, log }: SharedAuditOptions): SharedAudit {
  let isAway = false;

  /** Says once that the store is away, however many lines that concerns. */
  async function patiently<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
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
    if (previous !== undefined && headOf(previous).number >= number) return;
    const change = { previous, next: JSON.stringify({ number, hash }), expires: now() + lifetimeMilliseconds };
    // Another line was faster: seldom, and each time the head has come forward.
    if (!(await store.compareAndSet(heads, chain, change))) await noteHead(chain, { number, hash });
  }

  return {
    add: (chain, line) =>
      patiently(async () => {
        const noted = chain === undefined ? undefined : noteHead(chain, line);
        await Promise.all([noted, store.append(lines, shortened(line), mostLines)]);
      }, undefined),
    latest: (count) =>
      patiently(async () => {
        const texts = await store.newest(lines, Math.min(count, mostLines));
        return texts.map((text) => JSON.parse(text) as AuditLine);
      }, []),
  };
}

export async function headInStore(store: Store, chain: string): Promise<Head | undefined> {
  const text = await store.get(heads, chain);
  return text === undefined ? undefined : headOf(text);
}

const headOf = (text: string): Head => JSON.parse(text) as Head;

function shortened(line: AuditLine): string {
  const text = JSON.stringify(line);
  return text.length <= longestLine ? text : JSON.stringify({ ...line, arguments: undefined });
}
