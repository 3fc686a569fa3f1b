const tolerated = 60_000;

/**
 * How wrong the local clock is, if the `Date` of an error differs by more than a minute. The text is short on purpose.
 */
export function clockHint(headers: Readonly<Record<string, string>>, now: number): string | undefined {
  const ahead = now - Date.parse(headers['date'] ?? '');
  if (!(Math.abs(ahead) > tolerated)) return undefined;
  return `the clock here is ${Math.round(Math.abs(ahead) / 1000)} s ${ahead > 0 ? 'ahead of' : 'behind'} theirs`;
}
