import { trace } from '@opentelemetry/api';
import { type Config, secretsIn } from '../../config/config.js';
import { batched } from '../../observe/batched.js';
import { createLogger } from '../../observe/create-logger.js';
import type { Log } from '../../observe/logger.js';
import type { ServingContext } from '../command-context.js';

export { serveHttp } from '../../app/http.js';
export { configOf } from '../configuration.js';

/** Writes lines for a person at a terminal, and JSON for programs that collect logs. Secret settings are masked. */
export async function loggerFor(config: Config, { write, isTerminal, onExit }: ServingContext): Promise<Log> {
  const lines = batched(write);
  onExit(lines.flush);
  return createLogger({
    format: config.logFormat ?? (isTerminal ? 'text' : 'json'),
    secrets: secretsIn(config),
    write: lines.write,
    trace: () => trace.getActiveSpan()?.spanContext().traceId,
  });
}
