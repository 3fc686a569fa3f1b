import { CANCEL_SYMBOL, confirm, password, select, text } from '@clack/prompts';
import { CommandFailed } from '../command-context.js';
import type { Machine } from './machine.js';

export interface Choice<Value> {
  value: Value;
  label: string;
  hint?: string;
}

/** Asks the person at the terminal. */
export interface Dialogue {
  choose: <Value extends string>(message: string, choices: Choice<Value>[]) => Promise<Value>;
  ask: (message: string, usual: string) => Promise<string>;
  /** What is typed is not shown. */
  askHidden: (message: string) => Promise<string>;
  agree: (message: string) => Promise<boolean>;
}

/** The answer. A person who ends the dialogue does so before anything is written. */
const given = <Value>(answer: Value | typeof CANCEL_SYMBOL): Value => {
  if (answer === CANCEL_SYMBOL) throw new CommandFailed('Ended. Nothing was changed.');
  return answer;
};

const isEmpty = (value: string | undefined): string | undefined => (value?.trim() ? undefined : 'A value is needed.');

export function dialogueAt({ input, output }: Pick<Machine, 'input' | 'output'>): Dialogue {
  const streams = { input, output };
  return {
    async choose(message, choices) {
      // The library wants to know the type of each value, which is a text here.
      const options = choices as Choice<string>[];
      return given(await select({ ...streams, message, options })) as (typeof choices)[number]['value'];
    },
    ask: async (message, usual) =>
      given(await text({ ...streams, message, initialValue: usual, validate: isEmpty })).trim(),
    askHidden: async (message) => given(await password({ ...streams, message, validate: isEmpty })).trim(),
    agree: async (message) => given(await confirm({ ...streams, message, initialValue: false })),
  };
}
