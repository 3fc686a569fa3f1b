import { createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { connect } from '../support/connect.js';
import { freePort } from '../support/services/redis.js';
import { message } from './answering-server.js';

/** A server that speaks as much of the protocol as a story wants. Resolves to its port and all that it was sent. */
async function strange(answer: (socket: Socket, message: Buffer, count: number) => void) {
  const sent: Buffer[] = [];
  const server = createServer((socket) => {
    let count = 0;
    socket.on('error', () => undefined);
    socket.on('data', (message) => {
      sent.push(message);
      count += 1;
      answer(socket, message, count);
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    all: () => Buffer.concat(sent).toString('latin1'),
  };
}

const password = 'correct-horse';

const look = async (port: number, mode = '?sslmode=disable') => {
  const url = `postgres://monitor:${password}@127.0.0.1:${port}/postgres${mode}`;
  const { call, stderr, sandboxAudit } = await connect({
    args: ['--sandbox', 'nhn'],
    env: { PGFLEET_DB_URL_NHN_ORDERS_PRIMARY: url },
  });
  const { text } = await call('list_sessions', { instance: 'orders-primary' });
  return { text, said: `${text}${stderr()}${JSON.stringify(sandboxAudit())}` };
};

test.each<[string, Buffer]>([
  ['as it is', message('R', 3)],
  ['hashed in the old way', Buffer.concat([Buffer.from([82, 0, 0, 0, 12, 0, 0, 0, 5, 1, 2, 3, 4])])],
])('a server that is not verified and asks for the password %s gets nothing', async (_, asks) => {
  const { port, all } = await strange((socket) => void socket.write(asks));
  const { text, said } = await look(port);
  expect(text).toContain('in a form that is only sent over verified TLS');
  expect(all()).not.toContain(password);
  expect(all()).not.toMatch(/md5[0-9a-f]{32}/);
  expect(said).not.toContain(password);
});

test('the password is not sent after a request that is answered safely either', async () => {
  const sasl = message('R', 10, 'SCRAM-SHA-256', '');
  const { port, all } = await strange((socket, _, count) => void socket.write(count === 1 ? sasl : message('R', 3)));
  await look(port);
  expect(all()).not.toContain(password);
});

test.each<[string, (socket: Socket) => void, RegExp]>([
  ['breaks off', (socket) => void socket.destroy(), /not seen, .*broke off the connection|not seen, .*connection/],
  [
    'has no place left',
    (socket) => void socket.write(fault('53300', 'sorry, too many clients already')),
    /no connection left/,
  ],
  ['is starting', (socket) => void socket.write(fault('57P03', 'the database system is starting up')), /is starting/],
  [
    'does not know the database',
    (socket) => void socket.write(fault('3D000', 'no such')),
    /There is no database postgres/,
  ],
  ['lets this address not in', (socket) => void socket.write(fault('28000', 'no pg_hba.conf entry')), /access rules/],
  ['says nothing', () => undefined, /did not answer in time/],
])('a server that %s is told as such', async (_, answer, expected) => {
  const { port } = await strange(answer);
  expect((await look(port)).text).toMatch(expected);
});

test('a server without TLS is told, with what to do', async () => {
  const { port } = await strange((socket) => void socket.write('N'));
  expect((await look(port, '')).text).toContain('offers no TLS. Switch it on there, or set tls to off.');
});

test('where nothing listens, the address is told, and how to name another', async () => {
  const port = await freePort();
  expect((await look(port)).text).toMatch(/127\.0\.0\.1:\d+ refuses the connection.*Set host in the connection/);
});

function fault(code: string, text: string): Buffer {
  return message('E', 'SFATAL', `C${code}`, `M${text}`, Buffer.from([0]));
}
