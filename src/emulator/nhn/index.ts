import type { Hono } from 'hono';
import type { Faults } from '../core/faults.js';
import { createApp, type Service } from '../core/service.js';
import type { World } from '../core/world.js';
import { createAccess, keys } from './access.js';
import type { Nhn } from './jobs.js';
import { failure, Refusal, success } from './replies.js';
import { type Routes, readCall } from './requests.js';
import { alarmRoutes } from './routes/alarms.js';
import { backUpDaily, backupRoutes } from './routes/backups.js';
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
import { newInstanceRoutes } from './routes/new-instances.js';
import { parameterGroupRoutes } from './routes/parameter-groups.js';
import { securityGroupRoutes } from './routes/security-groups.js';
import { seed } from './seed/index.js';
import { createStore } from './store.js';

const origin = 'http://nhn.sandbox';

/** NHN Cloud RDS for PostgreSQL in memory: the API, and the token service that its clients need. */
export function createNhn(world: World, faults: Faults): Service & { origin: string } {
  const nhn: Nhn = { world, store: createStore() };
  seed(nhn);
  backUpDaily(nhn);

  const app = createApp(world, faults);
  const access = createAccess(world);
  access.serveTokens(app);
  app.use('/:version{v[13]\\.0}/*', access.check);
  for (const routes of allRoutes(nhn)) addRoutes(app, routes);

  const environment = {
    NHN_BASE_URL: origin,
    NHN_TOKEN_URL: `${origin}/oauth2/token/create`,
    NHN_APP_KEY: keys.appKey,
    NHN_ACCESS_KEY_ID: keys.accessKeyId,
    NHN_SECRET_ACCESS_KEY: keys.secretAccessKey,
  };
  return { app, environment, origin };
}

const allRoutes = (nhn: Nhn): Routes[] => [
  catalogRoutes(nhn),
  instanceGroupRoutes(nhn),
  instanceRoutes(nhn),
  newInstanceRoutes(nhn),
  instanceSettingRoutes(nhn),
  lifecycleRoutes(nhn),
  highAvailabilityRoutes(nhn),
  databaseRoutes(nhn),
  dbUserRoutes(nhn),
  hbaRuleRoutes(nhn),
  backupRoutes(nhn),
  securityGroupRoutes(nhn),
  parameterGroupRoutes(nhn),
  alarmRoutes(nhn),
  monitoringRoutes(nhn),
];

/** Every answer is HTTP 200; the header in it tells success from refusal. */
function addRoutes(app: Hono, routes: Routes): void {
  for (const [route, handle] of Object.entries(routes)) {
    const [method = '', path = ''] = route.split(' ');
    app.on(method, path, async (context) => {
      const call = await readCall(context);
      try {
        return context.json(success(handle(call)));
      } catch (error) {
        if (error instanceof Refusal) return context.json(failure(error));
        throw error;
      }
    });
  }
}
