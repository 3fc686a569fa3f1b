import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, readRequestBody, Server } from '@modelcontextprotocol/server';

// The floor: one tool that does nothing, on the same SDK, adapter and way of reading bodies.
const mostBytes = 1_048_576;
const tool = { name: 'nothing', inputSchema: { type: 'object' as const } };

const handler = createMcpHandler(() => {
  const server = new Server({ name: 'empty', version: '1.0.0' }, { capabilities: { tools: {} } });
  server.setRequestHandler('tools/list', () => ({ tools: [tool] }));
  server.setRequestHandler('tools/call', () => ({ content: [{ type: 'text', text: 'nothing' }] }));
  return server;
});

async function fetch(request: Request): Promise<Response> {
  if (request.method !== 'POST') return handler.fetch(request);
  const read = await readRequestBody(request, mostBytes);
  if (read.tooLarge) return new Response(undefined, { status: 413 });
  return handler.fetch(request, { parsedBody: JSON.parse(read.text) });
}

const answer = toNodeHandler({ fetch }, { maxRequestBodySize: mostBytes });
const server = createServer((request, response) => void answer(request, response));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`empty serves at http://127.0.0.1:${port}/mcp\n`);
});
