import type { Frame } from '../../support/raw.js';

export interface RawHttpOptions {
  /** Of the server, without a path. */
  url: string;
  era?: '2026' | '2025';
  /** What the client says of itself; left out, it can show forms. */
  capabilities?: object;
  /**
   * What the client answers when a server of the older era asks it something: a result, or an error. Without either, it
   * says nothing.
   */
  reply?: (question: Frame) => Said | undefined | Promise<Said>;
  /** Hears each message of an answer as it comes. */
  hear?: (frame: Frame, headers: Headers) => void;
  /** Changes each body before it is sent. */
  altered?: (body: string) => string;
  /** Closes every connection. */
  signal?: AbortSignal;
  token?: string;
  path?: string;
}

type Said = Pick<Frame, 'result' | 'error'>;

/** An answer over HTTP as it came, with the last message in it. */
export interface Answered {
  status: number;
  headers: Headers;
  frame: Frame;
  /** Every message of the answer, in order: what came on the way, and the answer itself. */
  frames: Frame[];
}

export interface RawHttp {
  request: (method: string, params?: object, headers?: Record<string, string>) => Promise<Answered>;
  /** A `tools/call`; `beside` stands beside name and arguments, where answers to questions belong. */
  call: (name: string, args?: unknown, beside?: object) => Promise<Frame>;
  notify: (method: string, params: Record<string, unknown>) => Promise<unknown>;
  /** Answers a question of the server by its id, whoever was asked; gives the status. */
  answer: (id: Frame['id'], result: Record<string, unknown>) => Promise<number>;
  /** The session of a client of 2025. */
  session: string | undefined;
}

const version = { '2026': '2026-07-28', '2025': '2025-11-25' };
const clientInfo = { name: 'raw', version: '1.0.0' };

/** Nothing but frames over `fetch`: for what no honest client sends, and for the exact answers. */
export async function rawHttp(options: RawHttpOptions): Promise<RawHttp> {
  const { url, era = '2026', capabilities = { elicitation: { form: {} } }, reply, token, path = '/mcp' } = options;
  const { altered = (body) => body } = options;
  const envelope = {
    'io.modelcontextprotocol/protocolVersion': version[era],
    'io.modelcontextprotocol/clientInfo': clientInfo,
    'io.modelcontextprotocol/clientCapabilities': capabilities,
  };
  let last = 0;
  const headersFor = (method: string, params: object) => ({
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(era === '2026' && { 'mcp-method': method }),
    ...(era === '2026' && 'name' in params && { 'mcp-name': String(params.name) }),
    ...(method !== 'initialize' && { 'mcp-protocol-version': version[era] }),
    ...(raw.session !== undefined && { 'mcp-session-id': raw.session }),
  });

  async function send(message: Frame, headers: Record<string, string>): Promise<Answered> {
    const body = altered(JSON.stringify({ jsonrpc: '2.0', ...message }));
    const response = await post(`${url}${path}`, body, headers, options.signal);
    const frames: Frame[] = [];
    for await (const frame of framesOf(response)) {
      frames.push(frame);
      options.hear?.(frame, response.headers);
      if (!frame.method || frame.id === undefined) continue;
      const said = reply ? await reply(frame) : {};
      if (said) await send({ id: frame.id, ...said }, headersFor('', {}));
    }
    return { status: response.status, headers: response.headers, frames, frame: frames.at(-1) ?? {} };
  }

  const raw: RawHttp = {
    session: undefined,
    request(method, params = {}, headers = {}) {
      last += 1;
      const _meta = { ...(era === '2026' && envelope), ...('_meta' in params && (params._meta as object)) };
      return send({ id: last, method, params: { ...params, _meta } }, { ...headersFor(method, params), ...headers });
    },
    call: async (name, args = {}, beside = {}) =>
      (await raw.request('tools/call', { name, arguments: args, ...beside })).frame,
    notify: (method, params) => send({ method, params }, headersFor('', {})),
    answer: async (id, result) => (await send({ id, result }, headersFor('', {}))).status,
  };
  if (era === '2025') {
    const hello = await raw.request('initialize', { protocolVersion: version[era], capabilities, clientInfo });
    raw.session = hello.headers.get('mcp-session-id') ?? undefined;
    await send({ method: 'notifications/initialized' }, headersFor('', {}));
  }
  return raw;
}

/** One POST as clients of this protocol make it; nothing is read yet. */
export const post = (
  url: string,
  body: string,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    body,
    signal,
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
  });

/** The messages of an answer as they arrive, whether it is JSON or a stream of events. */
export async function* framesOf(response: Response): AsyncGenerator<Frame> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    const text = await response.text();
    if (text.startsWith('{')) yield JSON.parse(text) as Frame;
    return;
  }
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const events = `${text}${chunk}`.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (\{.*)$/m.exec(event)?.[1];
      if (data !== undefined) yield JSON.parse(data) as Frame;
    }
  }
}
