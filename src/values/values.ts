/** Fields by name, as they come from outside or go there. Each value is checked where it is used. */
export type Values = Record<string, unknown>;

export const isRecord = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value of a measured point. Points come as `[time, value]` or as `{timestamp, value}`. */
export function pointValue(point: unknown): number {
  const value = Array.isArray(point) ? point[1] : isRecord(point) ? point['value'] : undefined;
  return value === null || value === undefined || value === '' ? Number.NaN : Number(value);
}
