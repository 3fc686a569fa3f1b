import { stripVTControlCharacters, styleText } from 'node:util';
import type { CallToolResult } from '@modelcontextprotocol/server';
import { jsonText } from '../../../call/answer/json-text.js';
import { isRecord, type Values } from '../../../values/values.js';
import type { Screen } from '../context.js';
import { answerWords, fieldsOf } from './answer.js';
import { table } from './table.js';

/** An answer for programs: one JSON value. What failed has its words as `note`, where it has no fields of its own. */
export function answerJson(result: CallToolResult): string {
  const fields = fieldsOf(result);
  const note = answerWords(result);
  const hasFields = Object.keys(fields).length > 0;
  return `${jsonText(result.isError ? { status: 'failed', note, ...fields } : hasFields ? fields : { note })}\n`;
}

/** An answer for people: what happened, its lists as tables, its other fields, and what to do next. */
export function answerText(result: CallToolResult, screen: Screen): string {
  const text = withoutFence(answerWords(result));
  const { pgfleet: _pgfleet, source: _source, more: _more, ...fields } = fieldsOf(result);
  if (result.isError || isTold(fields)) return `${clean(text)}\n`;
  const [headline = '', ...notes] = text.split('\n');
  const parts = [styled('bold', clean(headline), screen), ...shown(fields, screen), notes.map(clean).join('\n')];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Whether the answer says in words what became of the call, so that its fields would only repeat them. */
const isTold = ({ status, note }: Values): boolean => typeof status === 'string' && typeof note === 'string';

/** A word in the colour of its severity. */
export function styled(style: Parameters<typeof styleText>[0], text: string, { hasColours }: Screen): string {
  return hasColours ? styleText(style, text) : text;
}

/** What a provider says must not control a terminal. */
const clean = (text: string): string => stripVTControlCharacters(text).replace(unseen, ' ');

const unseen = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The fields are shown as tables, so their JSON is left out of the text. */
const withoutFence = (text: string): string => text.replace(/<data [^>]*>\n[\s\S]*?\n<\/data>\n?/g, '').trim();

function shown(fields: Values, screen: Screen): string[] {
  const entries = Object.entries(fields).filter(([, value]) => !isEmpty(value));
  const lists = entries.flatMap(([name, value]) => (isRows(value) ? [[name, value] as const] : []));
  const others = entries.filter(([, value]) => !isRows(value));
  return [
    ...lists.map(([name, rows]) => listTable(name, rows, screen)),
    ...(others.length > 0
      ? [
          table(
            others.map(([name, value]) => [name, cell(value)]),
            screen,
          ),
        ]
      : []),
  ];
}

const isRows = (value: unknown): value is readonly Values[] =>
  Array.isArray(value) && value.length > 0 && value.every(isRecord);

/** A list with its fields as columns. A list within a record has a row for each of its own. */
function listTable(name: string, records: readonly Values[], screen: Screen): string {
  const rows = records.flatMap(spread);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => columns.map((column) => graded(column, cell(row[column]), screen)));
  return `${styled('dim', name, screen)}\n${table(cells, screen, columns)}`;
}

function spread(record: Values): Values[] {
  const inner = Object.entries(record).flatMap(([name, value]) => (isRows(value) ? [[name, value] as const] : []));
  const [[name, rows] = []] = inner;
  if (inner.length !== 1 || name === undefined || rows === undefined) return [record];
  const { [name]: _, ...rest } = record;
  return rows.map((row) => ({ ...rest, ...row }));
}

const severityStyles: Readonly<Record<string, 'red' | 'yellow'>> = { critical: 'red', warning: 'yellow' };

function graded(column: string, text: string, screen: Screen): string {
  const style = column === 'severity' ? severityStyles[text] : undefined;
  return style === undefined ? text : styled(style, text, screen);
}

function cell(value: unknown): string {
  const items = Array.isArray(value) ? value : [value ?? ''];
  const texts = items.map((item: unknown) => (typeof item === 'string' ? item : jsonText(item)));
  return clean(texts.join(', ')).replaceAll('\n', ' ');
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);
