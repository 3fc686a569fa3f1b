/** How to get what follows on a page that the server cut. Undefined on the last one. */
export function pageOf({ offset, limit }: { offset: number; limit: number }, count: number): string | undefined {
  const end = offset + limit;
  return end < count ? `${offset + 1} to ${end} of ${count} shown. offset ${end} shows what follows.` : undefined;
}
