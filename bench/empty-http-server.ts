import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, Server } from '@modelcontextprotocol/server';

// The floor: one tool that does nothing, on the same SDK, with its own adapter.
const tool = { name: 'nothing', inputSchema: { type: 'object' as const } };

const handler = createMcpHandler(() => {
  const server = new Server({ name: 'empty', version: '1.0.0' }, { capabilities: { tools: {} } });
  server.setRequestHandler('tools/list', () => ({ tools: [tool] }));
  server.setRequestHandler('tools/call', () => ({ content: [{ type: 'text', text: 'nothing' }] }));
  return server;
});

const answer = toNodeHandler(handler);
const server = createServer((request, response) => void answer(request, response));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`empty serves at http://127.0.0.1:${port}/mcp\n`);
});
