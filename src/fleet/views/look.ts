import type { Read } from '../adapter.js';

/** One look at an account. Every question is asked once, however many instances need the answer. */
export interface AccountLook {
  /** When it began, in epoch milliseconds. */
  readonly time: number;
  readonly read: Read;
}

/**
 * Answers are kept as long as the look is, but for those of tools in `bulky`, which only those who ask at the same time
 * share. What failed is asked again.
 */
export function lookWith(read: Read, { time, bulky }: { time: number; bulky: readonly string[] }): AccountLook {
  const answers = new Map<string, ReturnType<Read>>();
  return {
    time,
    async read(tool, input = {}) {
      const question = JSON.stringify([tool, input]);
      const answer = answers.get(question) ?? read(tool, input);
      answers.set(question, answer);
      try {
        const given = await answer;
        if (bulky.includes(tool)) answers.delete(question);
        return given;
      } catch (error) {
        if (answers.get(question) === answer) answers.delete(question);
        throw error;
      }
    },
  };
}

/** A read that knows how it went. */
export interface Attended {
  read: Read;
  /** A read has failed, so what was seen may be less than there is. */
  hasFailed: () => boolean;
  /** Why the tool that answers about the instance itself failed. Undefined where it did not. */
  failure: () => unknown;
}

export function attending(read: Read, own: string | undefined): Attended {
  const failures: { tool: string; error: unknown }[] = [];
  return {
    async read(tool, input) {
      try {
        return await read(tool, input);
      } catch (error) {
        failures.push({ tool, error });
        throw error;
      }
    },
    hasFailed: () => failures.length > 0,
    failure: () => failures.find(({ tool }) => tool === own)?.error,
  };
}
