import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const below = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`);

/** What people read: at the root, in docs, and what is generated beside the tools. */
export const pages: readonly string[] = [...readdirSync(root), ...below('docs'), ...below('tools')].filter((path) =>
  path.endsWith('.md'),
);

/** With what they copy from. */
export const documents: readonly string[] = [...pages, 'Dockerfile', ...below('examples')];

const fenced = /^```(\w*)\n([\s\S]*?)^```$/gm;

export const blocksOf = (text: string, language: string): string[] =>
  [...text.matchAll(fenced)].flatMap(([, name, block = '']) => (name === language ? block : []));

/** Text between backticks. */
export const spansOf = (text: string): string[] =>
  [...text.replace(fenced, '').matchAll(/`([^`\n]+)`/g)].flatMap(([, span]) => span ?? []);

/** Where the links of a page lead. */
export const linksOf = (text: string): string[] =>
  [...text.replace(fenced, '').matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target]) => target ?? []);

/** The anchors of a page, as they are made from its headings. */
export const anchorsOf = (text: string): string[] =>
  [...text.replace(fenced, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
