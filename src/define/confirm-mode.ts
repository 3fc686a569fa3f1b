/**
 * How a yes is had for guarded calls: `auto` asks in the best way that the client can, `token` never by a form, `human`
 * only outside the conversation, `deny` never, and `off` asks nobody.
 */
export const confirmModes = ['auto', 'token', 'human', 'deny', 'off'] as const;
export type ConfirmMode = (typeof confirmModes)[number];

const byStrictness: readonly ConfirmMode[] = ['off', 'auto', 'token', 'human', 'deny'];

export const isStricter = (mode: ConfirmMode, than: ConfirmMode): boolean =>
  byStrictness.indexOf(mode) > byStrictness.indexOf(than);
