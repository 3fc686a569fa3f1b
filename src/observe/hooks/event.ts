import { createHash } from 'node:crypto';
import type { Values } from '../../values/values.js';
import type { HookEventType } from './target.js';

/** Something that happened, as it is told outside. It holds no argument of a call, and no secret. */
export interface HookEvent {
  /** The same on every try, which a receiver knows a repetition by. */
  id: string;
  type: HookEventType | 'hooks.test';
  /** When it happened, as ISO 8601. */
  time: string;
  /** Tells the order of events of the same millisecond. */
  order?: number;
  /** The name of the account that it belongs to. */
  account?: string;
  /** The references of the instances that it is about. Events of one instance are sent in order. */
  instances: readonly string[];
  data: Values;
  /** Where a person decides, or sees more. */
  link?: string;
}

/** The id of the event that has this cause, however often it is derived from it. */
export const eventIdOf = (...cause: readonly string[]): string =>
  `evt_${createHash('sha256').update(JSON.stringify(cause)).digest('hex').slice(0, 32)}`;
