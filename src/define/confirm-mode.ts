/**
 * How guarded calls are confirmed: `auto` asks in the best way that the client supports, `token` never uses a form,
 * `human` asks only outside the conversation, `deny` refuses every call, and `off` asks nobody.
 */
export const confirmModes = ['auto', 'token', 'human', 'deny', 'off'] as const;
export type ConfirmMode = (typeof confirmModes)[number];

const byStrictness: readonly ConfirmMode[] = ['off', 'auto', 'token', 'human', 'deny'];

export const isStricter = (mode: ConfirmMode, than: ConfirmMode): boolean =>
  byStrictness.indexOf(mode) > byStrictness.indexOf(than);
