import { stdout } from 'node:process';
import { listTools } from './list-tools.js';
import { bundleMcpb } from './packages/bundle.js';

stdout.write(`${await bundleMcpb(await listTools(), 'build')}\n`);
