import { hostHeaderValidationResponse, originValidationResponse } from '@modelcontextprotocol/server';
import { type Handler, Hono, type MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import type { Principal } from '../define/index.js';
import type { ServerCardOptions } from '../server/identity/server-card.js';
import { StoreError } from '../store/store.js';
import { TooManyAttempts, waitSeconds } from './auth/attempts.js';
import { servedPath } from './auth/protected-resources.js';
import type { FetchHandler } from './bind.js';
import { cardPages } from './card-pages.js';
import type { McpEndpoint } from './mcp.js';
import type { RequestContext } from './request-context.js';
import type { SseStreams } from './sse.js';
import { refuse, releasing } from './streams.js';

/** Finds out who sends a request, or returns the response that rejects it. */
export type Gate = (request: Request, address: string) => Promise<Principal | Response>;

export interface HttpAppOptions {
  mcp: McpEndpoint;
  /** Absent when the older transport is not served. */
  sse?: SseStreams;
  /** Serves everything below `/approvals`. */
  page: { fetch: FetchHandler };
  gate: Gate;
  /** Whether the gate accepts only callers who sign in. */
  isSignInNeeded: boolean;
  /** For clients that have to find out where to sign in. */
  metadata?: {
    /** The address of the metadata for what is served at a path. */
    urlAt: (path: string) => string;
    respond: (request: Request) => Promise<Response | undefined>;
  };
  /** Says why no list of tools is served at a path of the protocol. Undefined when one is. */
  faultOf: (path: string) => string | undefined;
  /** Allowed host names, against DNS rebinding. They also apply to pages in browsers. */
  hosts: string[];
  origins: string[];
  /** What is not ready, with one sentence for each fault. Empty when everything is ready. */
  notReady: () => Promise<readonly string[]>;
  isDraining: () => boolean;
  /** What anyone may know of the server before they connect. */
  card: ServerCardOptions;
  metrics: { text: () => Promise<string>; contentType: string };
  onerror: (error: unknown) => void;
}

type SseResponder = SseStreams['post'];

type Sender = Pick<RequestContext, 'principal' | 'again' | 'metadataUrl'>;

interface Env {
  Bindings: { address: string };
  Variables: { sender: Sender };
}

/** The whole HTTP side as one function from request to response. The order of the routes matters. */
export function createHttpApp(options: HttpAppOptions): { fetch: FetchHandler } {
  const { mcp, sse, page, gate, isSignInNeeded, metadata, faultOf, notReady, isDraining, metrics, onerror } = options;
  // A slash at its end makes no other address of a path.
  const app = new Hono<Env>({ strict: false });

  app.get('/healthz', () => (isDraining() ? said(503, 'draining') : said(200, 'ok')));
  app.get('/readyz', async () => {
    const reasons = isDraining() ? ['This process is about to end.'] : await notReady();
    return said(reasons.length === 0 ? 200 : 503, reasons.length === 0 ? 'ready' : reasons.join('\n'));
  });
  const signedIn: MiddlewareHandler<Env> = async (context, next) => {
    const principal = await gate(context.req.raw, context.env.address);
    if (principal instanceof Response) return principal;
    const { raw } = context.req;
    context.set('sender', {
      principal,
      again: () => renewed(raw, context.env.address, principal),
      metadataUrl: metadata && (() => metadata.urlAt(servedPath(raw))),
    });
    return next();
  };
  /** While the gate itself fails, it is not known that a token that was good is not any more. */
  async function renewed(request: Request, address: string, before: Principal): Promise<Principal | undefined> {
    try {
      const principal = await gate(request, address);
      if (principal instanceof Response) return principal.status >= 500 ? before : undefined;
      return principal;
    } catch (error) {
      if (error instanceof TooManyAttempts) return undefined;
      throw error;
    }
  }
  const counts: Handler<Env> = async (context) =>
    context.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType });
  // A scraper uses the address of the process itself. If it has to send a token, the host is not checked.
  if (isSignInNeeded) app.get('/metrics', signedIn, counts);
  // A server for many is found from pages of any origin; one without sign-in shows itself to those that may call it.
  if (isSignInNeeded) app.route('/', cardPages(options.card));
  // The answer of what comes next is passed on as it is: each middleware that waits costs every call.
  app.use(({ req: { raw } }, next) => {
    const { hosts, origins } = options;
    const refusal = hostHeaderValidationResponse(raw, hosts) ?? originValidationResponse(raw, origins);
    return refusal ? Promise.resolve(refusal) : next();
  });
  app.get('/metrics', signedIn, counts);
  if (!isSignInNeeded) app.route('/', cardPages(options.card));
  app.all('/.well-known/*', async ({ req }) => (await metadata?.respond(req.raw)) ?? said(404, 'not found'));
  app.all('/approvals', ({ req, env }) => page.fetch(req.raw, env.address));
  app.all('/approvals/*', ({ req, env }) => page.fetch(req.raw, env.address));
  app.get('/', ({ redirect }) => redirect('./approvals'));

  const forPages = cors({ origin: (origin) => origin, exposeHeaders: ['Mcp-Session-Id', 'WWW-Authenticate'] });
  // Only pages in browsers send their origin, so other requests skip this work.
  app.use((context, next) => (context.req.header('Origin') === undefined ? next() : forPages(context, next)));
  // This pattern includes `/mcp` itself. With a separate line for it, each caller would be checked twice.
  app.use('/mcp/*', signedIn);
  const answer = async (request: Request, sender: Sender): Promise<Response> => {
    const path = servedPath(request);
    const fault = faultOf(path);
    return fault === undefined ? mcp.fetch(request, { ...sender, path }) : refuse(404, -32001, fault);
  };
  app.all('/mcp/*', ({ req, var: { sender } }) => answer(req.raw, sender));
  if (sse) {
    app.use('/sse', signedIn).use('/messages', signedIn);
    const overSse = (respond: SseResponder): Handler<Env> => {
      return async ({ req: { raw }, var: { sender } }) => {
        const requestContext = { ...sender, path: '/mcp' };
        const admitted = await mcp.admit(raw, requestContext);
        if (admitted instanceof Response) return admitted;
        return releasing(respond(raw, requestContext, admitted.body), admitted.release);
      };
    };
    app.get(
      '/sse',
      overSse((...[, requestContext]) => sse.open(requestContext)),
    );
    app.post(
      '/messages',
      overSse((...posted) => sse.post(...posted)),
    );
  }
  app.notFound(() => said(404, 'not found'));
  app.onError((error) => {
    if (error instanceof TooManyAttempts)
      return refuse(429, -32000, error.message, { 'retry-after': String(waitSeconds) });
    onerror(error);
    if (error instanceof StoreError) return refuse(503, -32000, error.message, { 'retry-after': '5' });
    return refuse(500, -32603, 'The server failed; its log has the details.');
  });
  return { fetch: async (request, address) => app.fetch(request, { address }) };
}

const said = (status: number, text: string): Response =>
  new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
