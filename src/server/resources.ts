import {
  ProtocolError,
  ProtocolErrorCode,
  type Resource,
  ResourceNotFoundError,
  type ResourceTemplateType,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';

/** A source of resources. */
export interface ResourceSource {
  /** All resources, in an order that does not change over time. */
  list(): Promise<readonly Resource[]>;
  /**
   * Returns text or bytes. Undefined when there is no such resource here. Throws an `Error` whose message may be shown.
   */
  read(uri: string): Promise<ResourceContent | undefined>;
}

export interface ResourceContent {
  content: string | Uint8Array;
  mimeType: string;
  freshMilliseconds: number;
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

/** Adds resources, templates and reading. */
export function addResources(server: Server, { templates, sources }: ResourceOptions): void {
  server.registerCapabilities({ resources: {} });

  server.setRequestHandler('resources/list', async ({ params }, context) => {
    const lists = await Promise.all(sources.map((source) => source.list()));
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
    const found = await firstOf(sources, uri);
    if (!found) throw new ResourceNotFoundError(uri);
    const { content, mimeType } = found;
    const contents = [
      typeof content === 'string'
        ? { uri, mimeType, text: content }
        : { uri, mimeType, blob: Buffer.from(content).toString('base64') },
    ];
    return { contents, ...lifetime(context, found.freshMilliseconds) };
  });
}

/** Only the newer protocol era, whose requests have an envelope, says how long an answer may be cached. */
const lifetime = ({ mcpReq }: ServerContext, ttlMs: number) =>
  mcpReq.envelope ? { ttlMs, cacheScope: 'private' as const } : {};

async function firstOf(sources: readonly ResourceSource[], uri: string) {
  try {
    for (const source of sources) {
      const found = await source.read(uri);
      if (found) return found;
    }
    return undefined;
  } catch (error) {
    throw new ProtocolError(ProtocolErrorCode.InternalError, error instanceof Error ? error.message : String(error));
  }
}

export interface Completers {
  /** Suggests values for one variable of a template that match what was typed. */
  resource: (template: string, variable: string, text: string, given: Given) => Promise<readonly string[]>;
  /** Absent when there are no prompts with arguments. */
  prompt?: (name: string, argument: string, text: string, given: Given) => Promise<readonly string[]>;
}

/** The protocol allows no more values in one answer. */
const mostValues = 100;

/** Adds completion of template variables and prompt arguments. */
export function addCompletion(server: Server, { resource, prompt }: Completers): void {
  server.registerCapabilities({ completions: {} });
  server.setRequestHandler('completion/complete', async ({ params: { ref, argument, context } }) => {
    const given = context?.arguments ?? {};
    const found =
      ref.type === 'ref/resource'
        ? await resource(ref.uri, argument.name, argument.value, given)
        : await prompt?.(ref.name, argument.name, argument.value, given);
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
