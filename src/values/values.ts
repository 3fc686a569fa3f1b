/** Fields by name, as they come from outside or go there. Each value is checked where it is used. */
export type Values = Record<string, unknown>;

export const isRecord = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
