/** The languages that runbooks are written in. */
export const promptLanguages = ['en', 'ko'] as const;
export type PromptLanguage = (typeof promptLanguages)[number];

export type Texts = Readonly<Record<PromptLanguage, string>>;

/** What values of an argument are completed from. */
export type Completable = 'instance' | 'provider';

export interface PromptArgument {
  name: string;
  description: Texts;
  /** The text to use when the argument is left out. Without it, the argument is required. */
  otherwise?: Texts;
  complete?: Completable;
}

/** A runbook: what to do in one situation, with which tools, and where to stop. It is data only. */
export interface Prompt {
  name: string;
  title: Texts;
  /** Says when to use the runbook. */
  description: Texts;
  /** What people say who are in that situation: goals, symptoms and slang. */
  asks: Readonly<Record<PromptLanguage, readonly string[]>>;
  arguments: readonly PromptArgument[];
  /** One step on each line. `{name}` is replaced by the value of that argument. */
  text: Texts;
}

/** Returns its argument. It exists for the types. */
export function definePrompt(prompt: Prompt): Prompt {
  return prompt;
}
