import { boardUri } from '../define/presentation.js';
import type { ResourceSource } from './resources.js';

/** The extension of the protocol for what hosts show beside an answer. */
export const appsExtension = 'io.modelcontextprotocol/ui';

const mimeType = 'text/html;profile=mcp-app';
const anHour = 3_600_000;

/** The board loads nothing, embeds nothing and sends nothing; the host need not allow it any address. */
const ui = { csp: { connectDomains: [], resourceDomains: [] }, prefersBorder: false };

/** The board as an MCP App, one page for everybody. It is read from the disk when a host first asks for it. */
export function boardShelf(load: () => Promise<string>): ResourceSource {
  return {
    list: async () => [
      {
        uri: boardUri,
        name: 'board',
        title: 'Fleet board',
        description: 'The fleet as a board, for hosts that show MCP Apps.',
        mimeType,
        _meta: { ui },
      },
    ],
    read: async (uri) =>
      uri === boardUri ? { content: await load(), mimeType, freshMilliseconds: anHour, meta: { ui } } : undefined,
  };
}
