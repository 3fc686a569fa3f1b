import { writeFile } from 'node:fs/promises';
import { argv } from 'node:process';
import { listTools } from './list-tools.js';

// This is a part of the build: the server reads this file instead of converting every schema at each start.
await writeFile(argv[2] ?? 'tools.json', JSON.stringify(await listTools()));
