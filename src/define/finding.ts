/** How severe a finding is, the worst first: of the fleet, and inside of a database. */
export const severities = ['critical', 'warning', 'notice'] as const;
export type Severity = (typeof severities)[number];

/** How people are told of it: on the board, on the page and in a chat. */
export const severityWords: Readonly<Record<'en' | 'ko', Readonly<Record<Severity, string>>>> = {
  en: { critical: 'Critical', warning: 'Warning', notice: 'Notice' },
  ko: { critical: '심각', warning: '경고', notice: '참고' },
};

/** What was seen: the field or series, and its value. */
export interface Evidence {
  field: string;
  value: string;
}

/** How severe a value is when higher is worse. A grade without a number is not given. */
export function gradeOf(
  value: number | undefined,
  { warning = Infinity, critical = Infinity }: { warning?: number; critical?: number },
): Severity | undefined {
  if (value === undefined || Number.isNaN(value)) return undefined;
  if (value >= critical) return 'critical';
  return value >= warning ? 'warning' : undefined;
}

export const worstOf = (grades: readonly (Severity | undefined)[]): Severity | undefined =>
  severities.find((severity) => grades.includes(severity));

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export const rounded = (value: number, unit: string): string => `${Number(value.toFixed(1))} ${unit}`.trim();

/** Writes a duration such as `40 seconds`, `50 minutes` or `5.8 days`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 2 * minute) return rounded(Math.round(milliseconds / 1_000), 'seconds');
  if (milliseconds < 2 * hour) return rounded(Math.round(milliseconds / minute), 'minutes');
  return milliseconds < 2 * day ? rounded(milliseconds / hour, 'hours') : rounded(milliseconds / day, 'days');
}
