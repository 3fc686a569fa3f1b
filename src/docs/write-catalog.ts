import { writeFile } from 'node:fs/promises';
import { listTools } from './list-tools.js';

// Part of the build: the server reads this file instead of converting every schema at each start.
await writeFile(new URL('../../tools.json', import.meta.url), JSON.stringify(await listTools()));
