import { access, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unlessMissing } from './kept-texts.js';
import type { PlacedChange, Store } from './store.js';

export interface FiledOptions {
  /** Has one folder for each collection, and in it one file for each value. */
  folder: string;
  /** Which collections are in files. */
  isFiled: (collection: string) => boolean;
  /** Epoch milliseconds. */
  now: () => number;
}

interface Filed {
  text: string;
  expires: number;
}

/**
 * A store of which some collections are in files, so that they outlive the process and are seen by others on this
 * machine. Their values are listed in the order of their ids.
 */
export function filedStore(store: Store, { folder, isFiled, now }: FiledOptions): Store {
  const folderOf = (collection: string): string => join(folder, collection);
  const fileOf = (collection: string, id: string): string =>
    join(folderOf(collection), `${encodeURIComponent(id)}${ending}`);

  /** Holds all changes of one step while they are made. */
  const begun = join(folder, 'begun.json');

  async function valueIn(file: string): Promise<string | undefined> {
    const filed = JSON.parse((await readFile(file, 'utf8').catch(unlessMissing)) ?? 'null') as Filed | null;
    return filed && filed.expires > now() ? filed.text : undefined;
  }

  /**
   * Loads the library late, as most processes change nothing. Waits for longer than the 10 seconds after which the lock
   * of a process that was killed counts no more.
   */
  async function exclusively<T>(work: () => Promise<T>): Promise<T> {
    const { lock } = await import('./lockfile.js');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const release = await lock(folder, { retries: { retries: 130, minTimeout: 5, maxTimeout: 100 } });
    try {
      return await work();
    } finally {
      await release();
    }
  }

  /** Finishes what a process had begun to change in several files when it was killed. */
  async function finishBegun(): Promise<void> {
    const text = await readFile(begun, 'utf8').catch(unlessMissing);
    if (text === undefined) return;
    for (const change of JSON.parse(text) as PlacedChange[]) await make(change);
    await rm(begun, { force: true });
  }

  /** Others may be changing files at this moment, which is waited for. */
  async function settled(): Promise<void> {
    const hasBegun = await access(begun).then(
      () => true,
      () => false,
    );
    if (hasBegun) await exclusively(finishBegun);
  }

  async function make({ collection, id, next: text, expires }: PlacedChange): Promise<void> {
    const file = fileOf(collection, id);
    if (text === undefined || expires <= now()) await rm(file, { force: true });
    else await writeWhole(file, JSON.stringify({ text, expires } satisfies Filed));
  }

  /** Changes several files so that either all are changed or none, whatever ends the process in between. */
  async function makeAll(changes: readonly PlacedChange[]): Promise<void> {
    const made: PlacedChange[] = [];
    try {
      if (changes.length > 1) await writeWhole(begun, JSON.stringify(changes));
      for (const change of changes) {
        await make(change);
        made.push(change);
      }
    } catch (error) {
      for (const change of made.toReversed()) await make(back(change));
      await rm(begun, { force: true });
      throw error;
    }
    await rm(begun, { force: true });
  }

  /** What is in memory is changed first, and changed back where a file cannot be written. */
  async function compareAndSetAll(changes: readonly PlacedChange[]): Promise<boolean> {
    const filed = changes.filter(({ collection }) => isFiled(collection));
    const others = changes.filter(({ collection }) => !isFiled(collection));
    if (filed.length === 0) return store.compareAndSetAll(others);
    return exclusively(async () => {
      await finishBegun();
      for (const { collection, id, previous } of filed)
        if ((await valueIn(fileOf(collection, id))) !== previous) return false;
      if (!(await store.compareAndSetAll(others))) return false;
      try {
        await makeAll(filed);
      } catch (error) {
        await store.compareAndSetAll(others.map(back));
        throw error;
      }
      return true;
    });
  }

  return {
    ...store,
    async get(collection, id) {
      if (!isFiled(collection)) return store.get(collection, id);
      await settled();
      return valueIn(fileOf(collection, id));
    },
    async list(collection) {
      if (!isFiled(collection)) return store.list(collection);
      await settled();
      const names = ((await readdir(folderOf(collection)).catch(unlessMissing)) ?? [])
        .filter((name) => name.endsWith(ending))
        .toSorted();
      const found: [string, string][] = [];
      for (const name of names) {
        const value = await valueIn(join(folderOf(collection), name));
        if (value !== undefined) found.push([decodeURIComponent(name.slice(0, -ending.length)), value]);
      }
      return new Map(found);
    },
    compareAndSet: (collection, id, change) => compareAndSetAll([{ collection, id, ...change }]),
    compareAndSetAll,
  };
}

const ending = '.json';

/** The change that undoes another one. */
const back = ({ previous, next, ...change }: PlacedChange): PlacedChange => ({
  ...change,
  previous: next,
  next: previous,
});

/** Whoever reads at the same time finds the former text or the whole new one, also after a crash. */
async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}
