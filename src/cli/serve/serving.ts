/** Serving over stdio is loaded late, so that Node can keep its compiled code. */
export { serveStdio } from '../../app/stdio.js';
export { secretsIn } from '../../config/config.js';
export { textLog } from '../../observe/logger.js';
export { configOf } from '../configuration.js';
