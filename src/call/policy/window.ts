/** The names that Intl uses in English, in its order of the week. */
export const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Day = (typeof days)[number];

/** A part of the week by the local time of one zone. */
export interface Window {
  /** The days on which it begins. When left out, it begins on every day. */
  days?: readonly Day[];
  /** From the first time until just before the second, as `HH:MM`. When left out, it is the whole day. */
  hours?: { from: string; to: string };
  zone: string;
  clock: WallClock;
}

/** The local day and time in a zone. */
export type WallClock = (time: number) => { day: Day; hour: string };

/** Throws a RangeError for a zone that does not exist. Intl knows when each zone changes to summer time. */
export function clockOf(zone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (time) => {
    const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]));
    const day = days.find((each) => each === parts.get('weekday')?.toLowerCase()) ?? 'sun';
    return { day, hour: `${parts.get('hour')}:${parts.get('minute')}` };
  };
}

/** A window over midnight belongs to the day on which it begins. */
export function isWithin({ days: wanted = days, hours, clock }: Window, time: number): boolean {
  const { day, hour } = clock(time);
  const today = wanted.includes(day);
  if (!hours) return today;
  const { from, to } = hours;
  if (from < to) return today && from <= hour && hour < to;
  return (today && from <= hour) || (wanted.includes(dayBefore(day)) && hour < to);
}

const dayBefore = (day: Day): Day => days.at(days.indexOf(day) - 1) ?? day;
