/** Thrown when the configuration cannot be used: one sentence a fault, saying which, where, and how to mend it. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}
