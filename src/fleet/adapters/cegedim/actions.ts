import { textAt } from '../../../values/json-path.js';
import { sanitizeWords } from '../../../values/sanitize-text.js';
import { type Values } from '../../../values/values.js';
import type { ProviderEvent, ProviderJob } from '../../instance.js';
import { listAt } from '../answers.js';
import { momentAt } from '../times.js';

const hour = 3_600_000;
const day = 24 * hour;

/** Work that takes longer than this is worth checking. */
const longest = hour;
/** A failure without a later success is reported for this long. */
const remembered = 30 * day;

/** What a list of actions is about. An action names its instance, and does not give the id. */
export interface ActionQuery {
  /** The id of the instance with a name. */
  idOf: (name: string) => string | undefined;
  from: number;
  to: number;
}

/** What was done to instances, by this server or by others. The provider has no other history. */
export function eventsOf(answer: Values, { idOf, from, to }: ActionQuery): ProviderEvent[] {
  return listAt(answer, 'items')
    .filter((action) => ['resourceType', 'family'].some((field) => /postgresql/i.test(textAt(action, field) ?? '')))
    .flatMap((action) => eventOf(action, idOf(textAt(action, 'resourceName') ?? '')) ?? [])
    .filter(({ time }) => Date.parse(time) >= from && Date.parse(time) <= to)
    .toSorted((a, b) => Date.parse(b.time) - Date.parse(a.time));
}

function eventOf(action: Values, instanceId: string | undefined): ProviderEvent | undefined {
  const time = momentAt(action, 'completedAt') ?? momentAt(action, 'submittedAt');
  if (time === undefined) return undefined;
  return {
    time,
    kind: 'job',
    category: 'action',
    instanceId,
    name: textAt(action, 'resourceName'),
    text: wordsOf(action),
    code: textAt(action, 'process'),
    by: textAt(action, 'submittedBy'),
  };
}

/** Actions that take too long, and actions that failed and have not succeeded since. */
export function jobsOf(answer: Values, now: number): ProviderJob[] {
  const actions = listAt(answer, 'items').toSorted((a, b) => submittedAt(b) - submittedAt(a));
  return actions.flatMap((action) => {
    const [id, since] = [textAt(action, 'id'), momentAt(action, 'submittedAt')];
    const state = stateOf(action, actions, now);
    if (!id || !since || !state) return [];
    return [{ id, state, word: wordsOf(action), since }];
  });
}

const submittedAt = (action: Values): number => Date.parse(momentAt(action, 'submittedAt') ?? '') || 0;

function stateOf(action: Values, newestFirst: readonly Values[], now: number): 'running' | 'failed' | undefined {
  const age = now - submittedAt(action);
  const status = textAt(action, 'status');
  if (status === 'IN_PROGRESS') return age > longest ? 'running' : undefined;
  if (status !== 'ERROR' || age > remembered) return undefined;
  const process = textAt(action, 'process');
  return newestFirst.find((each) => textAt(each, 'process') === process) === action ? 'failed' : undefined;
}

/** Writes an action such as `POSTGRESQL_UPGRADE ERROR: no space left`. */
function wordsOf(action: Values): string {
  const what = [textAt(action, 'process'), textAt(action, 'status')].filter(Boolean).join(' ');
  return sanitizeWords([what, textAt(action, 'message')].filter(Boolean).join(': '), 200);
}
