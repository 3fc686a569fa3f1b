import type { Context, Hono } from 'hono';
import { addRoutes } from '../core/routes.js';
import { createApp, type Service, type ServiceOptions } from '../core/service.js';
import { createAccess, keysOf, tokenPath } from './access.js';
import { backUpDaily } from './backups.js';
import { failure, Refusal, success } from './replies.js';
import { type Call, type Routes, readCall } from './requests.js';
import { alarmRoutes } from './routes/alarms.js';
import { backupRoutes } from './routes/backups.js';
import { catalogRoutes } from './routes/catalog.js';
import { databaseRoutes } from './routes/databases.js';
import { dbUserRoutes } from './routes/db-users.js';
import { hbaRuleRoutes } from './routes/hba-rules.js';
import { highAvailabilityRoutes } from './routes/high-availability.js';
import { instanceGroupRoutes } from './routes/instance-groups.js';
import { instanceSettingRoutes } from './routes/instance-settings.js';
import { instanceRoutes } from './routes/instances.js';
import { lifecycleRoutes } from './routes/lifecycle.js';
import { monitoringRoutes } from './routes/monitoring.js';
import { newInstanceRoutes } from './routes/new-instances/index.js';
import { parameterGroupRoutes } from './routes/parameter-groups.js';
import { securityGroupRoutes } from './routes/security-groups.js';
import { seed } from './seed/index.js';
import { createStore, type Nhn } from './store.js';
import { backedAccount } from './views/servers.js';

/** NHN Cloud RDS for PostgreSQL in memory: the API, and the token service that its clients need. */
export function createNhn(options: ServiceOptions): Service<'nhn'> {
  const { origin } = options.account;
  const { viewerAppKey: _, ...keys } = keysOf(options.account);
  const settings = { ...keys, region: 'kr1', baseUrl: origin, tokenUrl: origin + tokenPath };
  return { settings, open: () => openNhn(options) };
}

function openNhn(options: ServiceOptions): Hono {
  const { account, world } = options;
  const nhn: Nhn = { account, world, store: createStore() };
  seed(nhn);
  backUpDaily(nhn);
  if (account.isFirst) world.backing?.adopt(backedAccount(nhn));

  const app = createApp(options);
  const access = createAccess(world, keysOf(account));
  access.serveTokens(app);
  app.use('/:version{v[13]\\.0}/*', access.check);
  addRoutes(app, allRoutes(nhn), answer);
  return app;
}

const allRoutes = (nhn: Nhn): Routes => ({
  ...catalogRoutes(nhn),
  ...instanceGroupRoutes(nhn),
  ...instanceRoutes(nhn),
  ...newInstanceRoutes(nhn),
  ...instanceSettingRoutes(nhn),
  ...lifecycleRoutes(nhn),
  ...highAvailabilityRoutes(nhn),
  ...databaseRoutes(nhn),
  ...dbUserRoutes(nhn),
  ...hbaRuleRoutes(nhn),
  ...backupRoutes(nhn),
  ...securityGroupRoutes(nhn),
  ...parameterGroupRoutes(nhn),
  ...alarmRoutes(nhn),
  ...monitoringRoutes(nhn),
});

/** Every answer is HTTP 200. The header in it tells success from refusal. */
async function answer(context: Context, handle: (call: Call) => object): Promise<Response> {
  const call = await readCall(context);
  try {
    return context.json(success(handle(call)));
  } catch (error) {
    if (error instanceof Refusal) return context.json(failure(error));
    throw error;
  }
}
