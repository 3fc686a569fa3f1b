import type { Tool } from '../../define/index.js';
import type { ApiRequest } from '../../providers/provider.js';
import { type Values } from '../../values/values.js';
import { InputError } from '../errors.js';

/**
 * Puts every value in its place: braces fill the path, and the rest goes to the query of a GET or DELETE and to the
 * body of other methods.
 */
export function buildRequest(tool: Tool, input: Values, path = pathOf(tool)): ApiRequest {
  const method = tool.route.slice(0, tool.route.indexOf(' '));
  const inPath = new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name));
  const inQuery = (name: string) => method === 'GET' || method === 'DELETE' || tool.query?.includes(name) === true;
  const inBody = (name: string) => !inPath.has(name) && !inQuery(name);
  const given = Object.entries(input).filter(([name, value]) => value !== undefined && !inPath.has(name));
  const query = Object.fromEntries(given.filter(([name]) => inQuery(name)));
  const body = { ...Object.fromEntries(given.filter(([name]) => inBody(name))), ...tool.sends };
  // A body whose fields are all optional is still a body. An operation without body fields gets none.
  const hasBody = tool.sends !== undefined || Object.keys(tool.input.shape).some(inBody);
  return {
    method,
    path: path.replace(/\{(\w+)\}/g, (_, name: string) => segment(name, input[name])),
    contentType: tool.contentType ?? 'application/json',
    repeatable: tool.risk === 'read',
    query,
    ...(hasBody && { body }),
  };
}

export const pathOf = (tool: Tool): string => tool.route.slice(tool.route.indexOf(' ') + 1);

/** Escaping leaves dots as they are, and a segment of only dots would lead to another path. */
function segment(name: string, value: unknown): string {
  const text = String(value);
  if (/^\.{0,2}$/.test(text)) throw new InputError([`${name}: ${text || 'an empty text'} cannot stand in a path.`]);
  return encodeURIComponent(text);
}
