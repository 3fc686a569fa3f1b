/** Whether something that must hold does, in one line. */
export interface Verdict {
  text: string;
  holds: boolean;
}

export type Out = (line: string) => void;

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
