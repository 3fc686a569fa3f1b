import { Client } from 'undici';
import { type Era, initialize, initialized, type Message, postOf } from './frames.js';

/** A client on one connection that stays open, with a session where the server gives one. */
export interface Connection {
  /** The whole answer, whether it came as JSON or as a stream of events. */
  send(message: Message): Promise<string>;
  /** Opens a stream, and closes it as soon as something has been heard on it. */
  listen(message: Message): Promise<void>;
  /** Ends the session, then the connection. */
  end(): Promise<void>;
}

export async function connect(origin: string, era: Era): Promise<Connection> {
  const client = new Client(origin);
  let session: string | undefined;
  let last = 0;

  async function post(message: Message, id?: number): Promise<string> {
    const { statusCode, headers, body } = await client.request(postOf(era, message, id, session));
    const text = await body.text();
    if (statusCode >= 300) throw new Error(`${message.method} was answered with ${statusCode}: ${text.slice(0, 500)}`);
    const given = headers['mcp-session-id'];
    if (typeof given === 'string') session = given;
    return text;
  }

  if (era === '2025') {
    await post(initialize, 0);
    await post(initialized);
  }
  return {
    send(message) {
      last += 1;
      return post(message, last);
    },
    async listen(message) {
      last += 1;
      const { statusCode, body } = await client.request(postOf(era, message, last, session));
      if (statusCode !== 200) throw new Error(`${message.method} was answered with ${statusCode}.`);
      // Leaving the loop closes the stream, and with it the connection; the next request opens another.
      for await (const _ of body) break;
    },
    async end() {
      if (session !== undefined) {
        const ended = await client.request({ method: 'DELETE', path: '/mcp', headers: { 'mcp-session-id': session } });
        await ended.body.dump();
      }
      await client.close();
    },
  };
}
