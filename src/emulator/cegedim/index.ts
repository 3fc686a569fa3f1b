import type { Context, Hono } from 'hono';
import { addRoutes } from '../core/routes.js';
import { createApp, type Service, type ServiceOptions } from '../core/service.js';
import { createAccess, keysOf, tokenPath } from './access.js';
import { Refusal, type Reply } from './replies.js';
import { type Call, type Routes, readCall } from './requests.js';
import { actionRoutes } from './routes/actions.js';
import { contentRoutes } from './routes/contents.js';
import { instanceRoutes } from './routes/instances.js';
import { resourceRoutes } from './routes/resources.js';
import { updateRoutes } from './routes/updates.js';
import { seed } from './seed/index.js';
import { type Cegedim, createStore } from './store.js';

/** PostgreSQL of cegedim.cloud in memory: the API, and the token service that its clients need. */
export function createCegedim(options: ServiceOptions): Service<'cegedim'> {
  const { origin } = options.account;
  const { viewerClientId: _, ...keys } = keysOf(options.account);
  const settings = { ...keys, baseUrl: origin, tokenUrl: origin + tokenPath };
  return { settings, open: () => openCegedim(options) };
}

function openCegedim(options: ServiceOptions): Hono {
  const { account, world } = options;
  const cegedim: Cegedim = { account, world, store: createStore() };
  seed(cegedim);

  const app = createApp(options);
  const { serveTokens, clientOf } = createAccess(world, keysOf(account));
  serveTokens(app);
  addRoutes(app, allRoutes(cegedim), (context, handle) => answer(context, handle, clientOf));
  return app;
}

const allRoutes = (cegedim: Cegedim): Routes => ({
  ...instanceRoutes(cegedim),
  ...updateRoutes(cegedim),
  ...contentRoutes(cegedim),
  ...actionRoutes(cegedim),
  ...resourceRoutes(cegedim),
});

/** There is no envelope: the status tells success from refusal, and most refusals have no body. */
async function answer(
  context: Context,
  handle: (call: Call) => Reply,
  clientOf: (context: Context) => string,
): Promise<Response> {
  try {
    const { status, body } = handle(await readCall(context, clientOf(context)));
    return Response.json(body, { status });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.body ? Response.json(error.body, { status: error.status }) : context.body(null, error.status);
  }
}
