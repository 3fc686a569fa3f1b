import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from './store.js';

/** Texts by name that outlive the process. Names are made of letters, digits, `.`, `_` and `-`. */
export interface KeptTexts {
  read(name: string): Promise<string | undefined>;
  write(name: string, text: string): Promise<void>;
  /** In alphabetical order. */
  names(): Promise<readonly string[]>;
}

export interface KeptTextsOptions {
  store: Store;
  /** The collection of the store, and the name of the folder. */
  collection: string;
  /** Where the folder is, when the store is not shared and so ends with the process. */
  folder: string;
  now: () => number;
}

/** Kept in the shared store when there is one, so that every replica has them, and else in files. */
export const keptTexts = (options: KeptTextsOptions): KeptTexts =>
  options.store.isShared ? inStore(options) : inFolder(join(options.folder, options.collection));

/** The store forgets everything at some time. Nobody compares with what is older. */
const keptMilliseconds = 400 * 86_400_000;

const inStore = ({ store, collection, now }: KeptTextsOptions): KeptTexts => ({
  read: (name) => store.get(collection, name),
  async write(name, next) {
    const expires = now() + keptMilliseconds;
    // Of two that write at the same time, the later one counts.
    while (
      !(await store.compareAndSet(collection, name, { previous: await store.get(collection, name), next, expires }))
    );
  },
  names: async () => [...(await store.list(collection)).keys()].toSorted(),
});

const ending = '.json';

const inFolder = (folder: string): KeptTexts => ({
  read: (name) => readFile(join(folder, name + ending), 'utf8').catch(unlessMissing),
  async write(name, text) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, name + ending);
    await writeFile(`${file}.new`, text, { mode: 0o600 });
    await rename(`${file}.new`, file);
  },
  async names() {
    const files = (await readdir(folder).catch(unlessMissing)) ?? [];
    return files
      .filter((file) => file.endsWith(ending))
      .map((file) => file.slice(0, -ending.length))
      .toSorted();
  },
});

/** For the error of a file that is not there. Any other is thrown again. */
export function unlessMissing(error: unknown): undefined {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
