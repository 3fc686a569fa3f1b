import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv } from 'node:process';
import { listTools } from './list-tools.js';
import { searchIndex } from './search-documents.js';

// This is a part of the build: the server reads these files instead of converting every schema at each start, and
// instead of reading all declarations when somebody first searches.
const folder = argv[2] ?? '.';
const entries = await listTools();
await writeFile(join(folder, 'tools.json'), JSON.stringify(entries));
await writeFile(join(folder, 'search.json'), JSON.stringify(searchIndex(entries)));
