import { readFile } from 'node:fs/promises';
import { argv, stdout } from 'node:process';
import { packageFacts } from './packages/index.js';
import { releaseNotes } from './packages/release-notes.js';

const [, , tag = ''] = argv;
const { version } = await packageFacts();
stdout.write(releaseNotes({ tag, version, changelog: await readFile('CHANGELOG.md', 'utf8') }));
