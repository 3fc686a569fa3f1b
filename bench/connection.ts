import { Client } from 'undici';
import { type Era, initialize, initialized, type Message, postOf } from './frames.js';

/** A client on one connection that stays open, with a session where the server gives one. */
export interface Connection {
  /** The whole answer, whether it came as JSON or as a stream of events. */
  send(message: Message): Promise<string>;
  /** Subscribes to a resource, opens the stream on which its changes would come, and closes it again. */
  listen(uri: string): Promise<void>;
  /** Ends the session, then the connection. */
  end(): Promise<void>;
}

export async function connect(origin: string, era: Era): Promise<Connection> {
  const client = new Client(origin);
  let session: string | undefined;
  let last = 0;
  const ofSession = (): Record<string, string> => (session === undefined ? {} : { 'mcp-session-id': session });

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
    async listen(uri) {
      last += 1;
      if (era === '2025') await post({ method: 'resources/subscribe', params: { uri } }, last);
      const params = { notifications: { resourceSubscriptions: [uri], resourcesListChanged: true } };
      const opened = await client.request(
        era === '2026'
          ? postOf(era, { method: 'subscriptions/listen', params }, last)
          : { method: 'GET', path: '/mcp', headers: { accept: 'text/event-stream', ...ofSession() } },
      );
      if (opened.statusCode !== 200) throw new Error(`The stream was refused with ${opened.statusCode}.`);
      // Closes the connection along with it; the next request opens another.
      opened.body.on('error', () => undefined).destroy();
    },
    async end() {
      if (session !== undefined) {
        const ended = await client.request({ method: 'DELETE', path: '/mcp', headers: ofSession() });
        await ended.body.dump();
      }
      await client.close();
    },
  };
}
