import { type Log, type LogOptions, textLog } from './logger.js';

/** Lines for people or for programs. The library for the latter is loaded only when it is wanted. */
export async function createLogger({ format, ...options }: LogOptions & { format: 'text' | 'json' }): Promise<Log> {
  if (format === 'text') return textLog(options);
  const { jsonLog } = await import('./json-log.js');
  return jsonLog(options);
}
