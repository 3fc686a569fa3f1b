/** The two protocol eras, by the year of their revision. */
export const eras = ['2026', '2025'] as const;
export type Era = (typeof eras)[number];

const versions = { '2026': '2026-07-28', '2025': '2025-11-25' } as const;
const clientInfo = { name: 'bench', version: '1.0.0' };

export interface Post {
  method: 'POST';
  path: string;
  headers: Record<string, string>;
  body: string;
}

export interface Message {
  method: string;
  params?: Record<string, unknown>;
}

/** One request of a client that cannot be asked anything; `id` left out makes it a notification. */
export function postOf(era: Era, { method, params = {} }: Message, id?: number, session?: string): Post {
  return {
    method: 'POST',
    path: '/mcp',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(method !== 'initialize' && { 'mcp-protocol-version': versions[era] }),
      ...(era === '2026' && { 'mcp-method': method }),
      ...(era === '2026' && typeof params['name'] === 'string' && { 'mcp-name': params['name'] }),
      ...(session !== undefined && { 'mcp-session-id': session }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id, method, params: era === '2026' ? { ...params, _meta: meta } : params }),
  };
}

const meta = {
  'io.modelcontextprotocol/protocolVersion': versions['2026'],
  'io.modelcontextprotocol/clientInfo': clientInfo,
  'io.modelcontextprotocol/clientCapabilities': {},
};

export const initialize: Message = {
  method: 'initialize',
  params: { protocolVersion: versions['2025'], capabilities: {}, clientInfo },
};

export const initialized: Message = { method: 'notifications/initialized' };

export const callOf = (name: string, args: Record<string, unknown> = {}): Message => ({
  method: 'tools/call',
  params: { name, arguments: args },
});
