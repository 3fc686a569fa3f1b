/**
 * Thrown when the configuration cannot be used. Each fault is one sentence that says what is wrong, where, and how to
 * correct it.
 */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}
