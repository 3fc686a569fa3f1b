import type { Context } from 'hono';
import * as z from 'zod';
import { type BaseCall, isStuck, isUnclear, pageOf, parsed } from '../core/requests.js';
import { integer } from './fields.js';
import { GatewayRefusal, invalidParameter } from './replies.js';

export interface Call extends BaseCall {
  read<T>(schema: z.ZodType<T>): T;
}

/** One operation for each name. Its result is sent together with `returnCode` and similar fields. */
export type Routes = Record<string, (call: Call) => object>;

export interface FormattedCall {
  call: Call;
  /** XML is the default. */
  format: 'json' | 'xml';
}

export async function readCall(context: Context): Promise<FormattedCall> {
  const given = new URLSearchParams(await readForm(context));
  return {
    format: given.get('responseFormatType') === 'json' ? 'json' : 'xml',
    call: {
      read: (schema) => check(schema, toFields(given)),
      isStuck: isStuck(context),
      isUnclear: isUnclear(context),
    },
  };
}

/** The fields of an operation, and those that all operations accept. Only one region is imitated. */
export const parameters = <T extends z.ZodRawShape>(fields: T) =>
  z.strictObject({
    regionCode: z.literal('KR').optional(),
    responseFormatType: z.enum(['json', 'xml']).optional(),
    ...fields,
  });

const mostRows = 1000;
export const paging = { pageNo: integer(0, 2_147_483_647).optional(), pageSize: integer(1, mostRows).optional() };

/** The documents only say that a page number is at least 0. Here the first page is 0. */
export const wantedPage = <T>(
  rows: T[],
  { pageNo = 0, pageSize = rows.length }: { pageNo?: number; pageSize?: number },
) => pageOf(rows, { page: pageNo, size: pageSize });

/** For `refine`: a page number has no meaning without a page size. */
export const hasWholePaging = ({ pageNo, pageSize }: { pageNo?: number; pageSize?: number }) =>
  pageNo === undefined || pageSize !== undefined;
export const wholePaging = { path: ['pageSize'], message: 'has to come with pageNo' };

async function readForm(context: Context): Promise<string> {
  const query = new URL(context.req.url).search.slice(1);
  const text = context.req.method === 'GET' ? query : await context.req.text();
  const type = context.req.header('content-type') ?? '';
  if (context.req.method === 'POST' && query !== '')
    throw new GatewayRefusal('badRequest', 'The parameters of a POST stand in its body, not in a query.');
  if (context.req.method === 'POST' && text !== '' && !/^application\/x-www-form-urlencoded\b/i.test(type))
    throw new GatewayRefusal('badRequest', 'The body has to be application/x-www-form-urlencoded.');
  if (/%(?![0-9a-f]{2})/i.test(text)) throw new GatewayRefusal('badRequest', 'The escaping is malformed.');
  return text;
}

const element = /^([A-Za-z]+)\.([1-9]\d{0,3})(?:\.([A-Za-z]+))?$/;

/** `list.1=a` becomes an element of a list, and `list.1.field=a` a field of an element. */
function toFields(given: URLSearchParams): Record<string, unknown> {
  const fields = new Map<string, unknown>();
  const lists = new Map<string, Map<number, string | Map<string, string>>>();
  for (const [name, value] of given) {
    if (value === '') throw invalidParameter(`${name} is empty: leave it out instead.`);
    if (given.getAll(name).length > 1) throw invalidParameter(`${name} is given more than once.`);
    const [, list, position, field] = element.exec(name) ?? [];
    if (!list) {
      fields.set(name, value);
      continue;
    }
    const items = lists.get(list) ?? new Map<number, string | Map<string, string>>();
    lists.set(list, items);
    const item = items.get(Number(position)) ?? new Map<string, string>();
    if (field && typeof item !== 'string') items.set(Number(position), item.set(field, value));
    else items.set(Number(position), value);
  }
  for (const [list, items] of lists) fields.set(list, toArray(list, items));
  return Object.fromEntries(fields);
}

function toArray(list: string, items: Map<number, string | Map<string, string>>): unknown[] {
  return Array.from({ length: items.size }, (_, index) => {
    const item = items.get(index + 1);
    if (item === undefined)
      throw invalidParameter(`${list}.${index + 1} is missing: elements count from 1, without gaps.`);
    return typeof item === 'string' ? item : Object.fromEntries(item);
  });
}

const check = <T>(schema: z.ZodType<T>, fields: Record<string, unknown>): T =>
  parsed(schema, fields, (issues) => {
    const reasons = issues.map(({ path, message }) => (path.length ? `${wire(path)}: ${message}` : message));
    return invalidParameter(reasons.join('; '));
  });

/** Names the parameter as the client spelled it, with positions that count from 1. */
const wire = (path: PropertyKey[]): string =>
  path.map((part) => (typeof part === 'number' ? part + 1 : String(part))).join('.');
