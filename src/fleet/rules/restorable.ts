import type { FleetInstance, Restorable } from '../instance.js';

export const verdicts = ['yes', 'no', 'cannot be told'] as const;
type Verdict = (typeof verdicts)[number];

/** Whether an instance could be brought back to a moment, and why. */
export interface Restore {
  reference: string;
  name: string;
  verdict: Verdict;
  why: string;
}

type Judgement = Pick<Restore, 'verdict' | 'why'>;

const no = (why: string): Judgement => ({ verdict: 'no', why });
const untold = (why: string): Judgement => ({ verdict: 'cannot be told', why });

/** Judges a moment in epoch milliseconds by what the provider tells of one instance. */
export function judgeRestore(moment: number, { created }: FleetInstance, seen: Restorable): Judgement {
  if (created !== undefined && moment < Date.parse(created)) return no(`it was created later, at ${created}`);
  if (seen.kind === 'nothing') return no(seen.why);
  const { from } = seen;
  if (from !== undefined && moment < Date.parse(from)) return no(`nothing before ${from} can be restored`);
  if (seen.kind === 'untold') return untold(seen.why);
  if (moment > Date.parse(seen.to)) return no(`nothing after ${seen.to} can be restored yet`);
  const doubt = seen.doubts?.find((each) => moment >= Date.parse(each.from) && moment <= Date.parse(each.to));
  if (doubt) return untold(doubt.why);
  return { verdict: 'yes', why: `any moment from ${seen.from} to ${seen.to} can be restored (${seen.source})` };
}
