/** Fields by name, as they come from outside and go there: what each holds is looked at where it is used. */
export type Values = Record<string, unknown>;

export const isRecord = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
