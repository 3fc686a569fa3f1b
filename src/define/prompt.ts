/** Languages that runbooks are written in. */
export const promptLanguages = ['en', 'ko'] as const;
export type PromptLanguage = (typeof promptLanguages)[number];

export type Texts = Readonly<Record<PromptLanguage, string>>;

/** What the values of an argument are completed from. */
export type Completable = 'instance' | 'provider';

export interface PromptArgument {
  name: string;
  description: Texts;
  /** What the text says when it is left out; without it, the argument is required. */
  otherwise?: Texts;
  complete?: Completable;
}

/** A runbook: what to do in one situation, with which tools, and where to stop. All of it data. */
export interface Prompt {
  name: string;
  title: Texts;
  /** When to reach for it. */
  description: Texts;
  arguments: readonly PromptArgument[];
  /** One step a line; `{name}` is the value of that argument. */
  text: Texts;
}

/** Returns its argument; it exists for the types. */
export function definePrompt(prompt: Prompt): Prompt {
  return prompt;
}
