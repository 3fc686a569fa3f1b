/** How a call ended. `asked` means that the answer was a question, or an approval that is still needed. */
export type Outcome = 'ok' | 'asked' | 'refused' | 'error' | 'unknown_tool';

/** Finds out from its result how a call ended. Undefined stands for a tool that does not exist. */
export function outcomeOf(result: object | undefined): Outcome {
  if (!result) return 'unknown_tool';
  const mark = '_meta' in result ? (result._meta as Record<string, unknown> | undefined) : undefined;
  if ('isError' in result && result.isError === true) return mark?.['pgfleet/refused'] === true ? 'refused' : 'error';
  if ('resultType' in result && result.resultType === 'input_required') return 'asked';
  const { status } = ('structuredContent' in result ? (result.structuredContent ?? {}) : {}) as { status?: unknown };
  return status === 'confirmation_required' || status === 'approval_pending' ? 'asked' : 'ok';
}
