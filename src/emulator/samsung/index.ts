import type { Context, Hono } from 'hono';
import { addRoutes } from '../core/routes.js';
import { createApp, type Service, type ServiceOptions } from '../core/service.js';
import { createAccess, keysOf } from './access.js';
import { backUpDaily } from './backups.js';
import { FaultyFields, failure, Refusal } from './replies.js';
import { type Call, type Routes, readCall } from './requests.js';
import { backupRoutes } from './routes/backups.js';
import { catalogRoutes } from './routes/catalog.js';
import { clusterRoutes } from './routes/clusters.js';
import { lifecycleRoutes } from './routes/lifecycle.js';
import { logRoutes } from './routes/logs.js';
import { parameterRoutes } from './routes/parameters.js';
import { replicaRoutes } from './routes/replicas.js';
import { settingRoutes } from './routes/settings.js';
import { seed } from './seed/index.js';
import { createStore, type Samsung } from './store.js';

/** Samsung Cloud Platform PostgreSQL in memory. One address answers for the clusters of all regions. */
export function createSamsung(options: ServiceOptions): Service<'samsung'> {
  const { account } = options;
  const { accessKey, secretKey } = keysOf(account).operator;
  const place = { region: 'kr-west1', environment: 'e', baseUrl: account.origin };
  const settings = { accessKey, secretKey, ...place, apiVersion: 'postgresql 1.0' };
  return { settings, open: () => openSamsung(options) };
}

function openSamsung(options: ServiceOptions): Hono {
  const { account, world } = options;
  const samsung: Samsung = { account, world, store: createStore(account) };
  seed(samsung);
  backUpDaily(samsung);

  const app = createApp(options);
  app.use('/v1/*', createAccess(keysOf(account)));
  addRoutes(app, allRoutes(samsung), answer);
  return app;
}

const allRoutes = (samsung: Samsung): Routes => ({
  ...catalogRoutes(),
  ...clusterRoutes(samsung),
  ...lifecycleRoutes(samsung),
  ...replicaRoutes(samsung),
  ...backupRoutes(samsung),
  ...settingRoutes(samsung),
  ...parameterRoutes(samsung),
  ...logRoutes(samsung),
});

/** Reads answer with 200, and changes are accepted with 202. */
async function answer(context: Context, handle: (call: Call) => object, method: string): Promise<Response> {
  const call = await readCall(context);
  try {
    return context.json(handle(call), method === 'GET' ? 200 : 202);
  } catch (error) {
    if (error instanceof FaultyFields) return context.json(error.faults, 400);
    if (error instanceof Refusal) return context.json(failure(error), error.status);
    throw error;
  }
}
