/**
 * Compares two numbers, or texts of a number and a unit such as `512MB` and `8GB`. The result is below zero when the
 * first one is smaller, and undefined when nobody can say which is.
 */
export function compareAmounts(one: unknown, other: unknown): number | undefined {
  const [first, second] = [amountOf(one), amountOf(other)];
  if (!first || !second) return undefined;
  if (first.unit === second.unit) return first.number - second.number;
  const [left, right] = [units.get(first.unit), units.get(second.unit)];
  if (!left || left.of !== right?.of) return undefined;
  return first.number * left.size - second.number * right.size;
}

function amountOf(value: unknown): { number: number; unit: string } | undefined {
  const [, number, unit = ''] = /^\s*(-?\d+(?:\.\d+)?)\s*([a-zA-Z]*)\s*$/.exec(String(value)) ?? [];
  return number === undefined ? undefined : { number: Number(number), unit };
}

/** The units of PostgreSQL's parameters, in bytes and in milliseconds. */
const sizes = {
  bytes: { B: 1, kB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 },
  time: { us: 0.001, ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 },
};

const units = new Map(
  Object.entries(sizes).flatMap(([of, unit]) =>
    Object.entries(unit).map(([name, size]): [string, { of: string; size: number }] => [name, { of, size }]),
  ),
);
