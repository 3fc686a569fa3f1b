import type { Context } from 'hono';
import type { Faults } from '../core/faults.js';
import { createApp, type Service } from '../core/service.js';
import type { World } from '../core/world.js';
import { createAccess, keys, turnAway } from './access.js';
import { failure, GatewayRefusal, Refusal, success } from './replies.js';
import { type Call, type Handle, type Routes, readParameters } from './requests.js';
import { backupRoutes } from './routes/backups.js';
import { catalogRoutes } from './routes/catalog.js';
import { databaseRoutes } from './routes/databases.js';
import { dbUserRoutes } from './routes/db-users.js';
import { instanceRoutes } from './routes/instances.js';
import { logRoutes } from './routes/logs.js';
import { newInstanceRoutes } from './routes/new-instances.js';
import { readReplicaRoutes } from './routes/read-replicas.js';
import { seed } from './seed/index.js';
import { createStore, type Naver } from './store.js';
import { toXml } from './xml.js';

const origin = 'http://naver.sandbox';
const base = '/vpostgresql/v2';

/** NAVER Cloud DB for PostgreSQL (VPC) in memory, and the gateway before it. */
export function createNaver(world: World, faults: Faults): Service & { origin: string } {
  const naver: Naver = { world, store: createStore() };
  seed(naver);

  const app = createApp(world, faults);
  app.use(
    `${base}/*`,
    createAccess((operation) => operation.startsWith('get')),
  );
  for (const [operation, handle] of Object.entries(allRoutes(naver)))
    app.on(['GET', 'POST'], `${base}/${operation}`, (context) => answer(context, operation, handle, naver));

  const environment = {
    NAVER_BASE_URL: `${origin}${base}`,
    NAVER_ACCESS_KEY: keys.accessKey,
    NAVER_SECRET_KEY: keys.secretKey,
  };
  return { app, environment, origin };
}

const allRoutes = (naver: Naver): Routes => ({
  ...instanceRoutes(naver),
  ...newInstanceRoutes(naver),
  ...readReplicaRoutes(naver),
  ...dbUserRoutes(naver),
  ...databaseRoutes(naver),
  ...backupRoutes(naver),
  ...logRoutes(naver),
  ...catalogRoutes,
});

async function answer(context: Context, operation: string, handle: Handle, naver: Naver): Promise<Response> {
  try {
    const { call, format } = await readParameters(context);
    const { status, body } = outcome(operation, handle, call, naver);
    return format === 'json' ? context.json(body, status) : context.body(toXml(body), status, xmlType);
  } catch (error) {
    if (error instanceof GatewayRefusal) return turnAway(context, error);
    throw error;
  }
}

function outcome(operation: string, handle: Handle, call: Call, { world }: Naver) {
  try {
    return { status: 200, body: success(operation, world.newId(), handle(call)) } as const;
  } catch (error) {
    if (error instanceof Refusal) return { status: 400, body: failure(error) } as const;
    throw error;
  }
}

const xmlType = { 'content-type': 'application/xml;charset=UTF-8' };
