import type { Hono } from 'hono';
import type { Faults } from '../core/faults.js';
import { createApp, type Service } from '../core/service.js';
import type { World } from '../core/world.js';
import { check, keys } from './access.js';
import { backUpDaily } from './backups.js';
import { failure, Refusal } from './replies.js';
import { type Routes, readCall } from './requests.js';
import { backupRoutes } from './routes/backups.js';
import { catalogRoutes } from './routes/catalog.js';
import { clusterRoutes } from './routes/clusters.js';
import { lifecycleRoutes } from './routes/lifecycle.js';
import { logRoutes } from './routes/logs.js';
import { parameterRoutes } from './routes/parameters.js';
import { replicaRoutes } from './routes/replicas.js';
import { settingRoutes } from './routes/settings.js';
import { seed } from './seed/index.js';
import { createStore } from './store.js';
import type { Samsung } from './work.js';

const origin = 'http://samsung.sandbox';

/** Samsung Cloud Platform PostgreSQL in memory. One address answers for the clusters of all regions. */
export function createSamsung(world: World, faults: Faults): Service & { origin: string } {
  const samsung: Samsung = { world, store: createStore() };
  seed(samsung);
  backUpDaily(samsung);

  const app = createApp(world, faults);
  app.use('/v1/*', check);
  for (const routes of allRoutes(samsung)) addRoutes(app, routes);

  const environment = {
    SAMSUNG_BASE_URL: origin,
    SAMSUNG_ACCESS_KEY: keys.operator.accessKey,
    SAMSUNG_SECRET_KEY: keys.operator.secretKey,
  };
  return { app, environment, origin };
}

const allRoutes = (samsung: Samsung): Routes[] => [
  catalogRoutes(),
  clusterRoutes(samsung),
  lifecycleRoutes(samsung),
  replicaRoutes(samsung),
  backupRoutes(samsung),
  settingRoutes(samsung),
  parameterRoutes(samsung),
  logRoutes(samsung),
];

/** Reads answer 200, changes are accepted with 202. */
function addRoutes(app: Hono, routes: Routes): void {
  for (const [route, handle] of Object.entries(routes)) {
    const [method = '', path = ''] = route.split(' ');
    app.on(method, path, async (context) => {
      const call = await readCall(context);
      try {
        return context.json(handle(call), method === 'GET' ? 200 : 202);
      } catch (error) {
        if (error instanceof Refusal) return context.json(failure(error), error.status);
        throw error;
      }
    });
  }
}
