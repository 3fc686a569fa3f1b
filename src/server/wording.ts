import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import type { Operations } from '../call/builtin/operations.js';
import { isRecord, type Values } from '../values/values.js';

/** What an address offers: which tools it lists, and which can be called there. */
export interface Reach {
  lists: (tool: string) => boolean;
  includes: (tool: string) => boolean;
}

/** How answers name operations, so that whatever they name can be called where they are read. */
export interface Wording {
  text: (text: string) => string;
  /** Fields of pgfleet's own, such as findings with their next calls. */
  fields: (fields: Values) => Values;
  /** The operation that was called keeps its name. */
  result: <Result extends CallToolResult | InputRequiredResult>(result: Result, called: string) => Result;
}

/**
 * An operation that is listed is named as it is, and one that is not as a call of the tool that runs it. What is not
 * offered at all is named by its title.
 */
export function wordingFor(reach: Reach, operations: Operations): Wording {
  const isHidden = (name: string) => operations.has(name) && !reach.lists(name);
  if (![...operations.keys()].some(isHidden)) return unchanged;

  function runnerOf(operation: string): string | undefined {
    const runner = operations.get(operation)?.risk === 'read' ? 'run_read_operation' : 'run_operation';
    return reach.includes(operation) && reach.lists(runner) ? runner : undefined;
  }

  const titleOf = (operation: string) => `"${operations.get(operation)?.title}" (not offered here)`;

  function written(operation: string, args: string): string {
    const runner = runnerOf(operation);
    if (runner === undefined) return titleOf(operation);
    return `${runner} {"operation":"${operation}"${args && `,"arguments":${args}`}}`;
  }

  /**
   * The beginning of a message says which tool it is about, the line `Call:` of a plan what was called, and a line of a
   * list what there is.
   */
  const sentence = (text: string, called?: string): string =>
    replaceCalls(text, ({ operation, args, before }) =>
      isHidden(operation) && operation !== called && before !== '' && !namesOnly.test(before)
        ? written(operation, args)
        : undefined,
    );

  const message = (text: string, called?: string): string =>
    mayName(text)
      ? text
          .split(fences)
          .map((part) => (part.startsWith('<data') ? part.replace(nextOfFinding, (next) => sentence(next)) : part))
          .map((part) => (part.startsWith('<data') ? part : sentence(part, called)))
          .join('')
      : text;

  function step({ tool, arguments: args }: Values): unknown {
    const runner = runnerOf(String(tool));
    return runner === undefined
      ? titleOf(String(tool))
      : { tool: runner, arguments: { operation: tool, arguments: args } };
  }

  function field(value: unknown, key: string, called?: string): unknown {
    if (typeof value === 'string') return sentences.has(key) ? sentence(value, called) : value;
    if (Array.isArray(value)) return value.map((item) => field(item, key, called));
    if (!isRecord(value)) return value;
    return calls.has(key) && isHidden(String(value['tool'])) ? step(value) : fields(value, called);
  }

  const fields = (values: Values, called?: string): Values =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, field(value, key, called)]));

  /** In the answer of an operation, all but one field is the provider's. */
  const ownFields = (values: Values, called: string): Values =>
    isRecord(values['pgfleet']) ? { ...values, pgfleet: fields(values['pgfleet'], called) } : fields(values, called);

  return {
    text: (text) => message(text),
    fields: (values) => fields(values),
    result(result, called) {
      const { content, structuredContent, inputRequests } = result as Partial<CallToolResult & InputRequiredResult>;
      return {
        ...result,
        ...(content && { content: content.map((part) => mapText(part, 'text', (text) => message(text, called))) }),
        ...(isRecord(structuredContent) && { structuredContent: ownFields(structuredContent, called) }),
        ...(inputRequests && {
          inputRequests: Object.fromEntries(
            Object.entries(inputRequests).map(([key, { params, ...request }]) => [
              key,
              { ...request, params: mapText(params, 'message', (text) => message(text, called)) },
            ]),
          ),
        }),
      };
    },
  };
}

const unchanged: Wording = { text: (text) => text, fields: (values) => values, result: (result) => result };

/** The fields with sentences of pgfleet's own. Every other text in an answer stays as it came. */
const sentences: ReadonlySet<string> = new Set(['next', 'note', 'notes', 'undo', 'warning', 'meaning']);

/** The fields with calls: the next one, and those after it. */
const calls: ReadonlySet<string> = new Set(['next', 'afterwards']);

/** The part of a text before a name that stays as it is. */
const namesOnly = /(?:^|\n)(?:Call: |- [^\n]*)$/;

/** Splits a text so that each fence is a part of its own. */
const fences = /(<data[^>]*>[\s\S]*?<\/data>)/;

/** The end of a line in a fence that is about a finding. */
const nextOfFinding = / Next: [a-z0-9_]+ \{.*\}$/gm;

function mapText<Part extends object | undefined>(part: Part, key: string, change: (text: string) => string): Part {
  const text: unknown = part && Reflect.get(part, key);
  return typeof text === 'string' ? { ...part, [key]: change(text) } : part;
}

/** Whether an operation can be named in a text. Most answers name none, and every answer comes by. */
const mayName = (text: string): boolean => text.includes('_');

interface NamedCall {
  operation: string;
  /** The JSON that follows the name, or nothing. */
  args: string;
  before: string;
}

/**
 * Goes over the names in a text, each with the arguments that follow it; what is a part of a path is none. Undefined
 * leaves one as it is.
 */
function replaceCalls(text: string, change: (call: NamedCall) => string | undefined): string {
  if (!mayName(text)) return text;
  let written = '';
  let done = 0;
  for (const { 0: operation, index } of text.matchAll(/(?<![\w/-])[a-z]+(?:_[a-z0-9]+)+(?![\w/-])/g)) {
    if (index < done) continue;
    const end = index + operation.length;
    const args = objectAt(text, end + 1);
    const changed = change({ operation, args, before: text.slice(0, index) });
    if (changed === undefined) continue;
    written += text.slice(done, index) + changed;
    done = args ? end + 1 + args.length : end;
  }
  return written + text.slice(done);
}

/** The JSON object that begins at a place of a text, or nothing. */
function objectAt(text: string, start: number): string {
  if (text[start] !== '{' || text[start - 1] !== ' ') return '';
  let depth = 0;
  for (const { 0: part, index } of text.slice(start).matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    depth += part === '{' ? 1 : part === '}' ? -1 : 0;
    if (depth === 0) return text.slice(start, start + index + 1);
  }
  return '';
}
