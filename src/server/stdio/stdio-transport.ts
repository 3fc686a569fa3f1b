import type { Readable, Writable } from 'node:stream';
import type { Transport } from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { answerableId, overlongIn } from '../message-bounds.js';
import { type LongLine, limitedLines } from './line-limit.js';

export interface Pipes {
  input: Readable;
  output: Writable;
}

/** Speaks with one client over its pipes. What is too long is refused, and the next line is read as usual. */
export function stdioTransport(mostBytes: number, { input, output }: Pipes = standardPipes()): Transport {
  const refuse = (id: unknown, message: string): void => {
    output.write(`${JSON.stringify({ jsonrpc: '2.0', id, error: { code: invalidRequest, message } })}\n`);
  };
  const lines = limitedLines(mostBytes, (line) =>
    refuse(requestIdIn(line), `A line has at most ${mostBytes} bytes. This one was not read.`),
  );
  input.once('error', (error) => lines.destroy(error));
  input.once('close', () => lines.end());
  // The transport pauses what it reads from when it is closed, and the process may then end.
  lines.once('pause', () => {
    input.unpipe(lines);
    input.pause();
  });
  const wire = new StdioServerTransport(lines, output, { maxBufferSize: mostBytes + 1 });
  const transport: Transport = {
    start() {
      const heard: Pick<Transport, 'onclose' | 'onerror' | 'onmessage'> = {
        onclose: () => transport.onclose?.(),
        onerror: (error) => transport.onerror?.(error),
        onmessage: (message, extra) => {
          const fault = overlongIn(message);
          if (fault === undefined) transport.onmessage?.(message, extra);
          else if ('method' in message && 'id' in message) refuse(answerableId(message), fault);
        },
      };
      Object.assign(wire, heard);
      input.pipe(lines);
      return wire.start();
    },
    send: (message) => wire.send(message),
    close: () => wire.close(),
  };
  return transport;
}

const standardPipes = (): Pipes => ({ input: process.stdin, output: process.stdout });

const invalidRequest = -32_600;

const idForm = String.raw`("[^"\\]{0,200}"|-?\d{1,16})`;
const beginning = new RegExp(
  String.raw`^\s*\{\s*(?:"jsonrpc"\s*:\s*"2\.0"\s*,\s*)?(?:"id"\s*:\s*${idForm}\s*,\s*)?"method"\s*:`,
);
const ending = new RegExp(String.raw`,\s*"id"\s*:\s*${idForm}\s*\}\s*$`);

/** The id of a request, as clients write it: before its method, or as the last of all. Null where it cannot be told. */
function requestIdIn({ begins, ends }: LongLine): unknown {
  const begun = beginning.exec(begins);
  const id = begun && (begun[1] ?? ending.exec(ends)?.[1]);
  return id === undefined || id === null ? null : JSON.parse(id);
}
