import { fleet } from './fleet.js';
import { memory } from './memory.js';
import { starts, tokens } from './starts.js';
import { throughput } from './throughput.js';
import type { Out } from './verdict.js';

const out: Out = (line) => void process.stdout.write(`${line}\n`);

// What was started ends with this process, whoever ends it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const started = await starts(out);
await tokens(out);
const verdicts = [...started, ...(await throughput(out)), ...(await memory(out)), ...(await fleet(out))];

out('');
out('Must hold');
for (const { text, holds } of verdicts) out(`  ${holds ? 'holds' : 'FAILS'}  ${text}`);
if (verdicts.some(({ holds }) => !holds)) process.exitCode = 1;
