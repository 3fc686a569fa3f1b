import { type Log, type LogOptions, textLog } from './logger.js';

/** Writes lines for people or for programs. The library for programs is loaded only when it is needed. */
export async function createLogger({ format, ...options }: LogOptions & { format: 'text' | 'json' }): Promise<Log> {
  if (format === 'text') return textLog(options);
  const { jsonLog } = await import('./json-log.js');
  return jsonLog(options);
}
