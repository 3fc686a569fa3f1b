import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export const root = join(import.meta.dirname, '../..');

const walk = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.name === '__snapshots__') return [];
    return entry.isDirectory() ? walk(path) : [path];
  });

/** Every file of the project that a person writes, from its root. */
export const files = ['src', 'tools', 'prompts', 'board', 'demo', 'bench', 'test'].flatMap(walk);
export const code = files.filter((path) => path.endsWith('.ts'));
export const source = code.filter((path) => path.startsWith('src/'));
export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Own files that a file imports, from the root of the project; packages by their name. */
export const importsOf = (path: string): string[] =>
  [...read(path).matchAll(/(?:\bfrom |\bimport\(|^import )'([^']+)'/gm)].map(([, name = '']) =>
    name.startsWith('.') ? relative(root, join(root, dirname(path), name)) : name,
  );
