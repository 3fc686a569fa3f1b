import {
  ProtocolError,
  ProtocolErrorCode,
  type Resource,
  ResourceNotFoundError,
  type ResourceTemplateType,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { Principal } from '../define/index.js';

/** A source of resources. */
export interface ResourceSource {
  /** All resources that a caller may know of, in an order that does not change over time. */
  list(reader: Principal): Promise<readonly Resource[]>;
  /**
   * Returns text or bytes. Undefined when there is no such resource here. Throws an `Error` whose message may be shown.
   */
  read(uri: string, reader: Principal): Promise<ResourceContent | undefined>;
}

export interface ResourceContent {
  content: string | Uint8Array;
  mimeType: string;
  freshMilliseconds: number;
  /** What an extension of the protocol tells of it. */
  meta?: Record<string, unknown>;
}

export interface ResourceOptions {
  templates: readonly ResourceTemplateType[];
  sources: readonly ResourceSource[];
}

/** Variables or arguments that already have a value. */
export type Given = Readonly<Record<string, string>>;

/** With about 250 bytes for each resource, a page stays as small as other answers. */
const pageSize = 100;

const listMilliseconds = 10_000;
const templatesMilliseconds = 300_000;

/** Who makes a request. */
export type ReaderIn = (context: ServerContext) => Principal;

/** Adds resources, templates and reading. */
export function addResources(server: Server, { templates, sources }: ResourceOptions, readerIn: ReaderIn): void {
  server.registerCapabilities({ resources: {} });

  server.setRequestHandler('resources/list', async ({ params }, context) => {
    const lists = await Promise.all(sources.map((source) => source.list(readerIn(context))));
    const all = lists.flat();
    const start = params?.cursor === undefined ? 0 : afterCursor(params.cursor, all);
    const resources = all.slice(start, start + pageSize);
    const last = resources.at(-1);
    const more = last && start + pageSize < all.length && { nextCursor: cursorOf(last) };
    return { resources, ...more, ...lifetime(context, listMilliseconds) };
  });
  server.setRequestHandler('resources/templates/list', (_request, context) => ({
    resourceTemplates: [...templates],
    ...lifetime(context, templatesMilliseconds),
  }));
  server.setRequestHandler('resources/read', async ({ params: { uri } }, context) => {
    const found = await firstOf(sources, uri, readerIn(context));
    if (!found) throw new ResourceNotFoundError(uri);
    const { content, mimeType, meta } = found;
    const told = { uri, mimeType, ...(meta && { _meta: meta }) };
    const contents = [
      typeof content === 'string'
        ? { ...told, text: content }
        : { ...told, blob: Buffer.from(content).toString('base64') },
    ];
    return { contents, ...lifetime(context, found.freshMilliseconds) };
  });
}

/** Only the newer protocol era, whose requests have an envelope, says how long an answer may be cached. */
const lifetime = ({ mcpReq }: ServerContext, ttlMs: number) =>
  mcpReq.envelope ? { ttlMs, cacheScope: 'private' as const } : {};

async function firstOf(sources: readonly ResourceSource[], uri: string, reader: Principal) {
  try {
    for (const source of sources) {
      const found = await source.read(uri, reader);
      if (found) return found;
    }
    return undefined;
  } catch (error) {
    throw new ProtocolError(ProtocolErrorCode.InternalError, error instanceof Error ? error.message : String(error));
  }
}

interface ResourceCompletion {
  template: string;
  variable: string;
  text: string;
  given: Given;
}

/** What is typed for an argument of a prompt. */
export interface PromptCompletion {
  name: string;
  argument: string;
  text: string;
}

export interface Completers {
  /** Suggests values for one variable of a template that match what was typed. */
  resource: (asked: ResourceCompletion, reader: Principal) => Promise<readonly string[]>;
  /** Absent when there are no prompts with arguments. */
  prompt?: (asked: PromptCompletion, reader: Principal) => Promise<readonly string[]>;
}

/** The protocol allows no more values in one answer. */
const mostValues = 100;

/** Adds completion of template variables and prompt arguments. */
export function addCompletion(server: Server, { resource, prompt }: Completers, readerIn: ReaderIn): void {
  server.registerCapabilities({ completions: {} });
  server.setRequestHandler('completion/complete', async ({ params: { ref, argument, context: known } }, context) => {
    const { name: variable, value: text } = argument;
    const reader = readerIn(context);
    const found =
      ref.type === 'ref/resource'
        ? await resource({ template: ref.uri, variable, text, given: known?.arguments ?? {} }, reader)
        : await prompt?.({ name: ref.name, argument: variable, text }, reader);
    const all = found ?? [];
    const values = all.slice(0, mostValues);
    return { completion: { values, total: all.length, hasMore: all.length > values.length } };
  });
}

const cursorOf = ({ uri }: Resource): string => Buffer.from(uri).toString('base64url');

/** A page continues after the last resource of the page before. If that one is gone, the position is unknown. */
function afterCursor(cursor: string, all: readonly Resource[]): number {
  const last = Buffer.from(cursor, 'base64url').toString();
  const index = all.findIndex(({ uri }) => uri === last);
  if (index >= 0) return index + 1;
  throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'The list has changed since this cursor; begin anew.');
}
