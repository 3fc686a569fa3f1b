/** The first three lines of a plan, which clients show even where they cut the rest, with a line for each sentence. */
export const headOf = (message = ''): string =>
  message
    .split('\n')
    .slice(0, 3)
    .join('\n')
    .replaceAll(/([.:]) (?=[A-Z])/g, '$1\n  ');

/** The risks of its dangers, in the order in which it tells them. */
export const risksOf = (message = ''): string => /^What happens \(([^)]*)\)/m.exec(message)?.[1] ?? 'not asked';
