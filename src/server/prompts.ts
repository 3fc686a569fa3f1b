import {
  type GetPromptResult,
  type InputRequiredResult,
  type Prompt as ListedPrompt,
  ProtocolError,
  ProtocolErrorCode,
  type Server,
} from '@modelcontextprotocol/server';
import type { Completable, Principal, Prompt, PromptLanguage } from '../define/index.js';
import type { PromptCompletion } from './resources.js';
import type { Wording } from './wording.js';

export interface PromptOptions {
  /** Loads the prompts with the first request that needs them. */
  prompts: () => Promise<readonly Prompt[]>;
  language: PromptLanguage;
  /** Names the operations in a text so that they can be called where it is read. */
  wording: Pick<Wording, 'text'>;
}

/** A source of prompts. */
export interface PromptSource {
  list: () => Promise<ListedPrompt[]>;
  /** Undefined when there is no such prompt here. The answers are to the questions that the prompt asked before. */
  get: (name: string, given: Given, answers?: Answers) => Promise<GetPromptResult | InputRequiredResult | undefined>;
}

type Given = Readonly<Record<string, string>>;
type Answers = Readonly<Record<string, unknown>>;

export function addPrompts(server: Server, source: PromptSource): void {
  server.registerCapabilities({ prompts: {} });
  server.setRequestHandler('prompts/list', async () => ({ prompts: await source.list() }));
  server.setRequestHandler('prompts/get', async ({ params }, { mcpReq }) => {
    const prompt = await source.get(params.name, params.arguments ?? {}, mcpReq.inputResponses);
    if (!prompt) throw invalid(`There is no prompt ${params.name}.`);
    return prompt;
  });
}

/** Serves runbooks as prompts. */
export function runbookPrompts({ prompts, language, wording }: PromptOptions): PromptSource {
  return {
    list: async () =>
      (await prompts()).map((prompt) => ({
        name: prompt.name,
        title: prompt.title[language],
        description: prompt.description[language],
        arguments: prompt.arguments.map(({ name, description, otherwise }) => ({
          name,
          description: description[language],
          required: otherwise === undefined,
        })),
      })),
    async get(name, given) {
      const prompt = (await prompts()).find((each) => each.name === name);
      if (!prompt) return undefined;
      const text = wording.text(fillPrompt(prompt, given, language));
      return {
        description: prompt.description[language],
        messages: [{ role: 'user', content: { type: 'text', text } }],
      };
    },
  };
}

/**
 * Puts the values of a call into the text. A blank value counts as left out, because many clients send blank values.
 */
export function fillPrompt(prompt: Prompt, given: Readonly<Record<string, string>>, language: PromptLanguage): string {
  const names = prompt.arguments.map(({ name }) => name);
  const unknown = Object.keys(given).filter((name) => !names.includes(name));
  if (unknown.length > 0) throw invalid(`${prompt.name} takes ${names.join(', ')}, and no ${unknown.join(', ')}.`);
  const values = new Map(
    prompt.arguments.map(({ name, otherwise }) => [name, given[name]?.trim() || otherwise?.[language]]),
  );
  const missing = names.filter((name) => values.get(name) === undefined);
  if (missing.length > 0) throw invalid(`${prompt.name} needs ${missing.join(' and ')}.`);
  return prompt.text[language].trim().replace(/\{(\w+)\}/g, (place, name: string) => values.get(name) ?? place);
}

/** The text of a runbook with the values that are known. Other places stay, for whoever follows it to fill. */
export function runbookText(prompt: Prompt, given: Given, language: PromptLanguage): string {
  const standards = new Map(prompt.arguments.map(({ name, otherwise }) => [name, otherwise?.[language]]));
  const valueOf = (name: string) => given[name] ?? standards.get(name);
  const text = prompt.text[language].trim().replace(/\{(\w+)\}/g, (place, name: string) => valueOf(name) ?? place);
  return `${prompt.title[language]}\n${text}`;
}

/** Suggests values of one kind that match what was typed, and that the caller may know. */
export type Complete = (kind: Completable, text: string, reader: Principal) => Promise<readonly string[]>;

/** Suggests values for an argument of a prompt. There are none when only the person knows the value. */
export function promptCompleter({ prompts }: Pick<PromptOptions, 'prompts'>, complete: Complete) {
  return async ({ name, argument, text }: PromptCompletion, reader: Principal): Promise<readonly string[]> => {
    const prompt = (await prompts()).find((each) => each.name === name);
    if (!prompt) throw invalid(`There is no prompt ${name}.`);
    const kind = prompt.arguments.find((each) => each.name === argument)?.complete;
    return kind ? complete(kind, text, reader) : [];
  };
}

const invalid = (message: string) => new ProtocolError(ProtocolErrorCode.InvalidParams, message);
