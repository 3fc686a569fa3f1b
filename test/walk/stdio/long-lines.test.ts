import { describe, expect, test } from 'vitest';
import { type RawServer, startRaw } from '../../support/raw.js';

const most = 20_000;
const env = { PGFLEET_REQUEST_BYTES: String(most) };
const filler = 'x'.repeat(most);
const limit = { code: -32_600, message: expect.stringContaining(`at most ${most} bytes`) };

/** The answer that no request of the raw client's own waits for. */
const answerOf = async ({ lines }: RawServer, known: number): Promise<unknown> => {
  await expect.poll(() => lines.length).toBeGreaterThan(known);
  return JSON.parse(lines[known] ?? '');
};

const params = { name: 'nhn_list_db_instances', arguments: { dbInstanceName: filler } };

describe.each(['2026', '2025'] as const)('in the era of %s', (era) => {
  test.each<[string, string, unknown]>([
    ['as the last member', JSON.stringify({ method: 'tools/call', params, jsonrpc: '2.0', id: 977 }), 977],
    ['before the method', JSON.stringify({ jsonrpc: '2.0', id: 'a-7', method: 'tools/call', params }), 'a-7'],
    ['nowhere', JSON.stringify({ jsonrpc: '2.0', method: 'notifications/progress', params }), null],
    ['of an answer', JSON.stringify({ jsonrpc: '2.0', id: 977, result: { text: filler } }), null],
    ['only in a value', JSON.stringify({ method: 'tools/call', params: { x: filler, y: { id: 977 } } }), null],
    ['too long itself', JSON.stringify({ jsonrpc: '2.0', id: filler, method: 'ping' }), null],
    ['of no JSON', filler + filler, null],
  ])('a line that is too long, with its id %s, is refused, and the next is answered', async (_, line, id) => {
    const server = await startRaw({ era, env });
    const known = server.lines.length;
    server.write(line);
    expect(await answerOf(server, known)).toEqual({ jsonrpc: '2.0', id, error: limit });
    expect((await server.request('tools/list')).result?.['tools']).not.toEqual([]);
    expect(server.lines).toHaveLength(known + 2);
  });

  test('a line that is just not too long is answered', async () => {
    const server = await startRaw({ era, env });
    const { result } = await server.call('nhn_list_db_instances', { dbInstanceName: 'x'.repeat(most - 1_000) });
    expect(result?.['isError']).toBe(true);
  });

  test('ids, tokens and names that are too long are refused, and what comes next is answered', async () => {
    const server = await startRaw({ era });
    const long = 'x'.repeat(10_000);
    const refused: [object, unknown, string][] = [
      [{ id: long, method: 'ping' }, null, 'The id of a request'],
      [{ id: 971, method: long }, 971, 'The name of a method'],
      [{ id: 972, method: 'ping', params: { _meta: { progressToken: long } } }, 972, 'A progress token'],
      [{ id: 973, method: 'tools/call', params: { name: long } }, 973, 'A name'],
      [{ id: 974, method: 'resources/read', params: { uri: long } }, 974, 'An address'],
    ];
    for (const [message, id, what] of refused) {
      const known = server.lines.length;
      server.write(JSON.stringify({ jsonrpc: '2.0', ...message }));
      const error = { code: -32_600, message: expect.stringContaining(`${what} has at most`) };
      expect(await answerOf(server, known)).toEqual({ jsonrpc: '2.0', id, error });
    }
    const known = server.lines.length;
    server.write(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: long } }));
    expect((await server.request('tools/list')).result?.['tools']).not.toEqual([]);
    expect(server.lines).toHaveLength(known + 1);
  });
});

test('without a setting a line has at most 1 MiB, in the process that people start too', async () => {
  const server = await startRaw({ process: true });
  server.write('x'.repeat(12_000_000));
  expect(await answerOf(server, 0)).toMatchObject({
    error: { message: expect.stringContaining('1048576 bytes') },
  });
  expect((await server.request('tools/list')).result?.['tools']).not.toEqual([]);
});
