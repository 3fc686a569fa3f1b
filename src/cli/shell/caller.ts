import type { Caller } from '../../call/caller.js';
import type { ShellContext } from './context.js';

export interface CallerOptions extends Pick<ShellContext, 'user' | 'version'> {
  /** The approval that the command presents. */
  approvalId?: string;
  signal: AbortSignal;
  /** Tells the person at the terminal how far it is. */
  progress?: (message: string) => void;
}

/** The user of this machine, as policy, limits and audit record know them: `cli:anna`. */
export function shellCaller({ user, version, approvalId, signal, progress }: CallerOptions): Caller {
  const name = user();
  const id = `cli:${name}`;
  return {
    id,
    name: id,
    subject: id,
    groups: [],
    // Where a policy wants a second person, an approver who is known as this one is none.
    person: name,
    client: `pgfleet shell ${version}`,
    // The shell takes every question, and says itself where there is nobody to answer it.
    canBeAsked: true,
    canOpenPages: false,
    answer: {},
    approvalId,
    returning: (approval) => `Repeat the command with --approved ${approval}`,
    signal,
    ...(progress && { progress: async (_done, _total, message) => progress(message) }),
  };
}
