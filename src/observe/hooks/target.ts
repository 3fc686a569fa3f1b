/** What is told outside. */
export const hookEventTypes = [
  'approval.requested',
  'approval.decided',
  'finding.opened',
  'finding.closed',
  'job.ended',
  'audit.written',
] as const;
export type HookEventType = (typeof hookEventTypes)[number];

/** How an event is written: as JSON by Standard Webhooks, or as a message of a chat. */
export const hookShapes = ['standard', 'slack', 'teams'] as const;
export type HookShape = (typeof hookShapes)[number];

/** The languages of messages for a chat. */
export const hookLanguages = ['en', 'ko'] as const;
export type HookLanguage = (typeof hookLanguages)[number];

/** A place outside that events are sent to. Its address and its key are secrets. */
export interface HookTarget {
  /** Made of letters, digits, `_` and `-`. */
  name: string;
  url: string;
  /** Signs every message, in the form `whsec_…`. Two, with a space between, while one takes the place of the other. */
  key?: string;
  events: readonly HookEventType[];
  /** Only events of these accounts. All when left out. */
  accounts?: readonly string[];
  shape: HookShape;
  language: HookLanguage;
  /** Ranges of addresses that may be reached although they are not of the internet. */
  allow: readonly string[];
}

/** The keys that each message is signed with. */
export const keysIn = (key = ''): string[] => key.split(/\s+/).filter(Boolean);

/** What a target is sent when it does not say. A chat is not told every line of the audit record. */
export const usualEvents = (shape: HookShape): readonly HookEventType[] =>
  shape === 'standard' ? hookEventTypes : hookEventTypes.filter((type) => type !== 'audit.written');
