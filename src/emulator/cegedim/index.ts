import type { Hono } from 'hono';
import type { Faults } from '../core/faults.js';
import { createApp, type Service } from '../core/service.js';
import type { World } from '../core/world.js';
import { createAccess, keys, tokenPath } from './access.js';
import { Refusal } from './replies.js';
import { type Routes, readCall } from './requests.js';
import { actionRoutes } from './routes/actions.js';
import { contentRoutes } from './routes/contents.js';
import { instanceRoutes } from './routes/instances.js';
import { resourceRoutes } from './routes/resources.js';
import { updateRoutes } from './routes/updates.js';
import { seed } from './seed/index.js';
import { type Cegedim, createStore } from './store.js';

const origin = 'http://cegedim.sandbox';

/** PostgreSQL of cegedim.cloud in memory: the API, and the token service that its clients need. */
export function createCegedim(world: World, faults: Faults): Service & { origin: string } {
  const cegedim: Cegedim = { world, store: createStore() };
  seed(cegedim);

  const app = createApp(world, faults);
  const access = createAccess(world);
  access.serveTokens(app);
  for (const routes of allRoutes(cegedim)) addRoutes(app, routes, access);

  const environment = {
    CEGEDIM_BASE_URL: origin,
    CEGEDIM_TOKEN_URL: origin + tokenPath,
    CEGEDIM_CLIENT_ID: keys.clientId,
    CEGEDIM_CLIENT_SECRET: keys.clientSecret,
  };
  return { app, environment, origin };
}

const allRoutes = (cegedim: Cegedim): Routes[] => [
  instanceRoutes(cegedim),
  updateRoutes(cegedim),
  contentRoutes(cegedim),
  actionRoutes(cegedim),
  resourceRoutes(cegedim),
];

/** There is no envelope: the status tells success from refusal, and most refusals have no body. */
function addRoutes(app: Hono, routes: Routes, { clientOf }: ReturnType<typeof createAccess>): void {
  for (const [route, handle] of Object.entries(routes)) {
    const [method = '', path = ''] = route.split(' ');
    app.on(method, path, async (context) => {
      try {
        const { status, body } = handle(await readCall(context, clientOf(context)));
        return Response.json(body, { status });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return error.body ? Response.json(error.body, { status: error.status }) : context.body(null, error.status);
      }
    });
  }
}
