/**
 * What the worst ordinary outcome of a call is. One word per tool; annotations, guard, read-only mode and docs follow
 * from it.
 *
 * - `read`: changes nothing.
 * - `write`: adds or changes something that can be changed back, without an outage.
 * - `disruptive`: service may stop or fail over; data stays.
 * - `exposing`: opens access, or sends data or credentials out of the service.
 * - `destructive`: data, a resource or a recovery point is lost, or there is no way back.
 */
export const risks = ['read', 'write', 'disruptive', 'exposing', 'destructive'] as const;
export type Risk = (typeof risks)[number];

/** The risks that a person is asked about. */
export type GuardedRisk = 'disruptive' | 'exposing' | 'destructive';

/** What the person who is asked has to know. `{argument}` is replaced by its value. */
export interface Danger {
  risk: GuardedRisk;
  /** What happens, what is lost, and how long the service may be down. */
  warning: string;
  /** How to undo it, or that it cannot be undone. */
  undo: string;
  /** Nothing leads back, whatever the risk is. */
  irreversible?: boolean;
}

export const isGuarded = (risk: Risk): risk is GuardedRisk => risk !== 'read' && risk !== 'write';

/** Counts from harmless to worst. */
export const severity = (risk: Risk): number => risks.indexOf(risk);
