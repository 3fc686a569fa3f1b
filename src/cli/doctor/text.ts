import type { DoctorLine, LineStatus } from './line.js';

export type LineCounts = Readonly<Record<LineStatus, number>>;

export const countsOf = (lines: readonly DoctorLine[]): LineCounts => {
  const count = (status: LineStatus) => lines.filter((line) => line.status === status).length;
  return { ok: count('ok'), warning: count('warning'), fault: count('fault') };
};

/** The lines for a person: what belongs to this machine first, then each account, reads that are well in one line. */
export function doctorText(lines: readonly DoctorLine[]): string {
  const accounts = [...new Set(lines.map(({ account }) => account))];
  const blocks = accounts.map((account) => {
    const own = lines.filter((line) => line.account === account);
    return [account ?? 'pgfleet', ...folded(own).flatMap(rowsOf)].join('\n');
  });
  const { ok, warning, fault } = countsOf(lines);
  return `${blocks.join('\n\n')}\n\n${ok} ok, ${plural(warning, 'warning')}, ${plural(fault, 'fault')}\n`;
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function folded(lines: readonly DoctorLine[]): DoctorLine[] {
  const isFolded = ({ status, check }: DoctorLine) => status === 'ok' && check === 'read';
  const well = lines.filter(isFolded);
  const [first] = well;
  if (!first) return [...lines];
  const says = `${plural(well.length, 'read')} allowed and answered.`;
  return lines.flatMap((line) => (line === first ? [{ ...first, says }] : isFolded(line) ? [] : [line]));
}

const rowsOf = ({ status, check, says, mend }: DoctorLine): string[] => [
  `  ${status.padEnd(8)}${check.padEnd(12)}${says}`,
  ...(mend === undefined ? [] : [`${' '.repeat(22)}→ ${mend}`]),
];
