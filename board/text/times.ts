const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** Writes `12 seconds ago`, `3 hours ago`. */
export function ago(seconds: number, lang: string): string {
  const format = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' });
  // A unit is used from two of it on, because `90 minutes ago` says more than `1 hour ago`.
  const [unit, length] = units.find(([, each]) => seconds >= 2 * each) ?? (['second', 1] as const);
  return format.format(-Math.floor(seconds / length), unit);
}

/** Writes a moment of an answer as the reader's clock shows it. What is no time is shown as it is. */
export function moment(text: string, lang: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time)) return text;
  return new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' }).format(time);
}
