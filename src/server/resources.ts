import {
  ProtocolError,
  ProtocolErrorCode,
  type Resource,
  ResourceNotFoundError,
  type ResourceTemplateType,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';

/** Something that is served as resources. */
export interface ResourceSource {
  /** All of it, in an order that does not depend on the moment. */
  list(): Promise<readonly Resource[]>;
  /** Text, or bytes. Undefined when there is no such thing here. Throws an `Error` whose message may be shown. */
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

/** Variables or arguments that have their value already. */
export type Given = Readonly<Record<string, string>>;

/** With some 250 bytes each, a page stays as small as every answer. */
const pageSize = 100;

const listMilliseconds = 10_000;
const templatesMilliseconds = 300_000;

/** Resources, templates and reading. */
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

/** How long an answer keeps is a matter of the newer protocol era, in which requests carry an envelope. */
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
  /** Values that fit what was typed of one variable of a template. */
  resource: (template: string, variable: string, text: string, given: Given) => Promise<readonly string[]>;
  /** Absent where there are no prompts with arguments. */
  prompt?: (name: string, argument: string, text: string, given: Given) => Promise<readonly string[]>;
}

/** No answer to a completion may hold more. */
const mostValues = 100;

/** Completion of template variables and prompt arguments. */
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

/** Pages go on after the resource that was last; where it is gone, its neighbours cannot be told any more. */
function afterCursor(cursor: string, all: readonly Resource[]): number {
  const last = Buffer.from(cursor, 'base64url').toString();
  const index = all.findIndex(({ uri }) => uri === last);
  if (index >= 0) return index + 1;
  throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'The list has changed since this cursor; begin anew.');
}
