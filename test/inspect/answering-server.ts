import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A message of the server: its letter, its length, and what is in it. Numbers have four bytes, and texts an end. */
export const message = (letter: string, ...parts: (number | string | Buffer)[]): Buffer => {
  const body = Buffer.concat(parts.map(bytesOf));
  const head = Buffer.alloc(5);
  head.write(letter);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};

function bytesOf(part: number | string | Buffer): Buffer {
  if (typeof part === 'string') return Buffer.from(`${part}\0`);
  if (typeof part !== 'number') return part;
  const number = Buffer.alloc(4);
  number.writeInt32BE(part);
  return number;
}

/** The types of columns that a story uses, by their ids in PostgreSQL. */
export const types = { boolean: 16, integer: 23, text: 25, number: 701, integers: 1007, texts: 1009 } as const;

/** What a server answers to a statement: columns by name, and rows as the text of each value. */
export interface Answer {
  columns: readonly (readonly [name: string, type: keyof typeof types])[];
  rows: readonly (readonly (string | null)[])[];
}

const short = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
};

function answered({ columns, rows }: Answer): Buffer {
  const described = columns.flatMap(([name, type]) => [name, 0, short(0), types[type], short(-1), -1, short(0)]);
  const told = rows.map((row) => {
    const values = row.flatMap((value) => (value === null ? [-1] : [Buffer.byteLength(value), Buffer.from(value)]));
    return message('D', short(row.length), ...values);
  });
  return Buffer.concat([message('T', short(columns.length), ...described), ...told, message('C', 'SELECT')]);
}

/** The statements that are in what a client sent, each once it wants an answer. */
function* statementsIn(sent: Buffer): Generator<string | undefined> {
  let text: string | undefined;
  for (let at = 0; at + 5 <= sent.length; at += sent.readInt32BE(at + 1) + 1) {
    const letter = String.fromCharCode(sent[at] ?? 0);
    // The name of the statement is empty, and the text ends with a zero.
    if (letter === 'P') text = sent.toString('utf8', at + 6, sent.indexOf(0, at + 6));
    if (letter === 'S') yield text;
  }
}

const ready = message('Z', Buffer.from('I'));

/** A server that lets everybody in and answers statements over the extended protocol. Resolves to its port. */
export async function answeringServer(answer: (text: string) => Answer | undefined): Promise<number> {
  const server = createServer((socket: Socket) => {
    let isIn = false;
    socket.on('error', () => undefined);
    socket.on('data', (sent) => {
      if (!isIn) {
        isIn = true;
        socket.write(Buffer.concat([message('R', 0), ready]));
        return;
      }
      for (const text of statementsIn(sent)) {
        const found = answer(text ?? '');
        const told = found ? answered(found) : Buffer.concat([message('n'), message('C', 'OK')]);
        socket.write(Buffer.concat([message('1'), message('2'), told, ready]));
      }
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}
