/** What it takes to serve over stdio: loaded late, so that Node can keep what it compiled of it. */
export { serveStdio } from '../app/stdio.js';
export { secretsIn } from '../config/config.js';
export { textLog } from '../observe/logger.js';
export { configOf } from './configuration.js';
