/** Writes a time for people: ISO 8601 with the offset of their zone, without a fraction of a second that is zero. */
export type TimeText = (time: number | string) => string;

/**
 * Creates the one function that writes times for people. Without a zone, it is that of the machine. A text that is no
 * time with a zone of its own is returned unchanged, because a guess could be wrong by hours.
 */
export function timesIn(zone?: string): TimeText {
  const offsetAt = offsetsOf(zone);
  return (time) => {
    const milliseconds = typeof time === 'number' ? time : millisecondsOf(time);
    if (Number.isNaN(new Date(milliseconds).getTime())) return String(time);
    const offset = offsetAt(milliseconds);
    const local = new Date(milliseconds + millisecondsIn(offset)).toISOString();
    return `${local.slice(0, local.endsWith('.000Z') ? -5 : -1)}${offset}`;
  };
}

/** In all zones, the time is only changed at a quarter of an hour. */
const quarterMilliseconds = 900_000;
const mostKept = 1_000;

/** Finds the offset of a zone at a time, such as `+09:00`, or `Z`. A fleet has many times, and Intl is slow. */
function offsetsOf(zone: string | undefined): (milliseconds: number) => string {
  const known = new Map<number, string>();
  let format: Intl.DateTimeFormat | undefined;
  return (milliseconds) => {
    const quarter = Math.floor(milliseconds / quarterMilliseconds);
    const found = known.get(quarter);
    if (found !== undefined) return found;
    format ??= new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' });
    const name = format.formatToParts(milliseconds).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    // Intl writes `GMT+09:00`, and for UTC `GMT` or `GMT+00:00`.
    const offset = /[+-]\d\d:\d\d/.exec(name)?.[0] ?? '+00:00';
    const text = offset === '+00:00' ? 'Z' : offset;
    if (known.size >= mostKept) known.clear();
    known.set(quarter, text);
    return text;
  };
}

function millisecondsIn(offset: string): number {
  if (offset === 'Z') return 0;
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

const withZone = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

const millisecondsOf = (text: string): number => (withZone.test(text) ? Date.parse(text) : Number.NaN);

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
