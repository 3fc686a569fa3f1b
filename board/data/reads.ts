import type * as z from 'zod';
import type { BoardTool } from '../../src/define/presentation.js';
import { type Check, checkForm, type Overview, overviewForm } from './answers.js';
import type { Source } from './source.js';

type Input = Readonly<Record<string, unknown>>;

/** Asks a tool. Throws an error with the words of the answer where it is not the one that was wanted. */
export async function ask<Form extends z.ZodType>(
  source: Source,
  [tool, input]: readonly [BoardTool, Input],
  form: Form,
): Promise<z.infer<Form>> {
  const { isError, text, data } = await source.call(tool, input);
  const parsed = form.safeParse(data);
  if (isError || !parsed.success) throw new AnswerError(text);
  return parsed.data;
}

/** Thrown when a tool answers with something else than what was asked for. The message is that of the server. */
class AnswerError extends Error {
  override toString(): string {
    return this.message;
  }
}

/** A larger fleet is shown in part, its worst instances first. */
const mostPages = 10;

/** All pages of the overview as one. */
export async function readOverview(source: Source, asked: Input): Promise<Overview> {
  const first = await ask(source, ['fleet_overview', { limit: 100, ...asked }], overviewForm);
  const pages = [first];
  const { fresh: _, ...rest } = asked;
  for (let page = first; page.cursor !== undefined && pages.length < mostPages; ) {
    page = await ask(source, ['fleet_overview', { limit: 100, ...rest, cursor: page.cursor }], overviewForm);
    pages.push(page);
  }
  return {
    ...first,
    instances: pages.flatMap(({ instances }) => instances),
    findings: pages.flatMap(({ findings }) => findings),
  };
}

/** All pages of the check as one. The databases are looked into once. */
export async function readCheck(source: Source, asked: Input): Promise<Check> {
  const first = await ask(source, ['fleet_check', { ...asked, inside: true }], checkForm);
  const pages = [first];
  for (let seen = sizeOf(first); seen < first.total && pages.length < mostPages; ) {
    const page = await ask(source, ['fleet_check', { ...asked, offset: seen }], checkForm);
    if (sizeOf(page) === 0) break;
    seen += sizeOf(page);
    pages.push(page);
  }
  return { ...first, findings: pages.flatMap(({ findings }) => findings) };
}

const sizeOf = ({ findings }: Check): number => findings.reduce((sum, { instances }) => sum + instances.length, 0);
