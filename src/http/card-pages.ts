import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { etag } from 'hono/etag';
import { aiCatalog, type ServerCardOptions, serverCard, serverCardType } from '../server/identity/server-card.js';

/** Serves what a client may know before it connects, to anyone and to pages of any origin. It holds no secret. */
export function cardPages(options: ServerCardOptions): Hono {
  const cardUrl = `${options.url}/server-card`;
  const documents = [
    { path: '/mcp/server-card', type: serverCardType, text: JSON.stringify(serverCard(options)) },
    {
      path: '/.well-known/ai-catalog.json',
      type: 'application/ai-catalog+json',
      text: JSON.stringify(aiCatalog(cardUrl)),
    },
  ];
  const app = new Hono({ strict: false });
  for (const { path, type, text } of documents)
    app
      .use(
        path,
        cors({
          origin: '*',
          allowMethods: ['GET'],
          allowHeaders: ['Content-Type', 'If-None-Match'],
          exposeHeaders: ['ETag'],
        }),
      )
      .get(path, etag(), (context) =>
        context.body(text, 200, { 'Content-Type': type, 'Cache-Control': 'public, max-age=3600' }),
      );
  return app;
}
