import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { isRecord } from '../../../../src/values/values.js';
import { connect, type Result } from '../../../support/connect.js';
import { type Fleet, type FleetOptions, startFleet } from '../../../support/fleet.js';

/** What a newcomer is asked to do, and how they get there from one answer to the next. */
export interface Task {
  name: string;
  en: string;
  ko: string;
  /** What they choose themselves, such as times and names of what they make. */
  decides?: readonly string[];
  scenario?: FleetOptions['scenario'];
  steps: readonly Step[];
  /** Every change that reached a provider, its ids left out, and what stands in its body. */
  sent?: readonly (readonly [request: string, ...body: string[]])[];
  /** What the last answer tells. */
  tells?: readonly (string | RegExp)[];
  /** Instances that are changed, where it is not one for each request. */
  changed?: number;
}

export type Step = (heard: Heard) => readonly [tool: string, args?: Readonly<Record<string, unknown>>];

/** The answers so far. */
export interface Heard {
  words: string;
  answers: readonly Result[];
  last: Result;
  /** Lets so much time pass at the providers. */
  wait: (milliseconds: number) => void;
}

/** What a pattern finds in the answers, the newest first. */
export function found({ answers }: Heard, pattern: RegExp): string {
  const [first] = answers.toReversed().flatMap(({ text }) => pattern.exec(text)?.[1] ?? []);
  if (first === undefined) throw new Error(`No answer has ${String(pattern)}; the last: ${answers.at(-1)?.text}`);
  return first;
}

/** The words of the task, as they were said. */
export const ask: (more?: object) => Step = (more) => (heard) => ['find_operation', { want: heard.words, ...more }];

/** A call that is prepared from an instance. */
export const prepare =
  (operation: string, instance: string): Step =>
  () => ['find_operation', { operation, instance }];

/** The prepared call, with what was missing. */
export const runPrepared =
  (given: (heard: Heard) => object = () => ({})): Step =>
  (heard) => {
    const { operation, arguments: filled } = heard.last.data as { operation: string; arguments: object };
    return run(operation, { ...filled, ...given(heard) })(heard);
  };

export const run =
  (operation: string, args: object | ((heard: Heard) => object)): Step =>
  (heard) => [
    'run_operation',
    { operation, arguments: JSON.stringify(typeof args === 'function' ? args(heard) : args) },
  ];

export const read =
  (operation: string, args: object | ((heard: Heard) => object), select?: string): Step =>
  (heard) => {
    const given = JSON.stringify(typeof args === 'function' ? args(heard) : args);
    return ['run_read_operation', { operation, arguments: given, ...(select !== undefined && { select }) }];
  };

/** The call of an operation that a finding about an instance names. */
export const nextOf =
  (instance: string, operation: string): Step =>
  (heard) => {
    const line = new RegExp(`^- ${instance}: .* Next: (.*\\b${operation}\\b.*)$`, 'm');
    const [tool = '', ...args] = found(heard, line).split(' ');
    return [tool, JSON.parse(args.join(' ')) as Record<string, unknown>];
  };

/** The person has seen the plan and agrees. */
export const agree: Step = ({ last }) => [
  'confirm_operation',
  { confirmation_token: /^confirmation_token: (.+)$/m.exec(last.text)?.[1] ?? '' },
];

const languages = ['en', 'ko'] as const;

/** Each task in both languages, with the list of tools that comes without a profile. */
export function play(tasks: readonly Task[]): void {
  for (const task of tasks)
    for (const language of languages)
      test(`${task.name} (${language})`, async () => {
        const fleet = await startFleet(task.scenario === undefined ? {} : { scenario: task.scenario });
        const { calls, tokens, last } = await walk(task, task[language], fleet);
        const sent = task.sent ?? [];
        expect(sentTo(fleet).map(({ request }) => request)).toEqual(sent.map(([request]) => request));
        for (const [place, [, ...body]] of sent.entries())
          for (const part of body) expect(sentTo(fleet)[place]?.body).toContain(part);
        for (const told of task.tells ?? []) expect(last.text).toMatch(told);
        const changed = task.changed ?? task.sent?.length ?? 0;
        expect(calls).toBeLessThanOrEqual(8 + 2 * changed);
        expect(tokens).toBeLessThanOrEqual(5_000 + 600 * changed);
      });
}

/** The changes that reached a provider, without their ids. */
const sentTo = ({ requests }: Fleet) =>
  requests
    .filter(({ method }) => method !== 'GET')
    .map(({ method, url, body = '' }) => {
      const { pathname, search } = new URL(url);
      const place = pathname.replaceAll(/[\da-f]{8}-[\da-f-]{27}|[\da-f]{32}|\d{7,}/g, ':id');
      return { request: `${method} ${place}`, body: decodeURIComponent(body + search) };
    });

async function walk({ steps, decides = [] }: Task, words: string, fleet: Fleet) {
  const { call, listTools } = await connect({ fleet, args: [] });
  const listed = await listTools();
  let known = [words, ...decides, JSON.stringify(listed)].join('\n');
  const answers: Result[] = [];
  let tokens = 0;
  let last: Result = { text: '', data: {}, isError: false, raw: undefined };
  for (const step of steps) {
    const [tool, args = {}] = step({ words, answers, last, wait: (time) => fleet.world.advance(time) });
    const unknown = [tool, ...wordsOf(args)].filter((each) => !known.includes(each));
    expect(unknown, 'not from the task, the list or an earlier answer').toEqual([]);
    last = await call(tool, args);
    expect([tool, last.isError, last.text]).toEqual([tool, false, expect.any(String)]);
    answers.push(last);
    const data = JSON.stringify(last.data);
    known += `\n${last.text}\n${data}`;
    tokens += Math.max(encode(last.text).length, encode(data).length);
  }
  return { calls: steps.length, tokens, last };
}

/** The names of all arguments and their values, those of the operation within too. */
function wordsOf(args: Readonly<Record<string, unknown>>): string[] {
  const { arguments: inner, select: _, ...own } = args;
  const within = typeof inner === 'string' ? (JSON.parse(inner) as object) : {};
  return [...partsOf(own), ...partsOf(within)];
}

function partsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (isRecord(value)) return Object.entries(value).flatMap(([name, inner]) => [name, ...partsOf(inner)]);
  return typeof value === 'boolean' ? [] : [String(value)];
}
