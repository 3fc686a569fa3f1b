import { pino } from 'pino';
import type { Facts, Log, LogOptions } from './logger.js';
import { bounded, longestFact, longestMessage, mask } from './mask.js';

/** Writes one JSON object a line: `service`, `time`, `message`, `trace` and the facts. */
export function jsonLog({ secrets, write, trace = () => undefined }: LogOptions): Log {
  const masked = mask(secrets);
  const logger = pino(
    {
      base: null,
      messageKey: 'message',
      timestamp: pino.stdTimeFunctions.isoTime,
      // No line has a level, but the library needs a field in its place. The name helps where many programs log.
      formatters: { level: () => ({ service: 'pgfleet' }) },
    },
    { write },
  );
  return (message, facts = {}) => {
    const all: Facts = { ...facts, trace: facts['trace'] ?? trace() };
    const known = Object.entries(all).map(([key, value]) => [
      key,
      typeof value === 'string' ? bounded(masked(value), longestFact) : value,
    ]);
    logger.info(Object.fromEntries(known), bounded(masked(message), longestMessage));
  };
}
