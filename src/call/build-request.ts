import type { Tool } from '../define/index.js';
import type { ApiRequest, Values } from '../providers/provider.js';

/**
 * Puts every value in its place: braces fill the path, the rest is the query of a GET or DELETE and the body of the
 * others.
 */
export function buildRequest(tool: Tool, input: Values, path = pathOf(tool)): ApiRequest {
  const method = tool.route.slice(0, tool.route.indexOf(' '));
  const inPath = new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  const given = Object.entries(input).filter(([name, value]) => value !== undefined && !inPath.has(name));
  const bodiless = method === 'GET' || method === 'DELETE';
  const isQuery = ([name]: [string, unknown]) => bodiless || tool.query?.includes(name);
  const body = Object.fromEntries(given.filter((entry) => !isQuery(entry)));
  const query = Object.fromEntries(given.filter(isQuery));
  const fixed = bodiless ? { query: { ...query, ...tool.sends } } : { query, body: { ...body, ...tool.sends } };
  return {
    method,
    path: path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input[name]))),
    contentType: tool.contentType ?? 'application/json',
    repeatable: tool.risk === 'read',
    ...fixed,
  };
}

export const pathOf = (tool: Tool): string => tool.route.slice(tool.route.indexOf(' ') + 1);
