import type { Context, Hono } from 'hono';
import { addRoutes } from '../core/routes.js';
import { createApp, type Service, type ServiceOptions } from '../core/service.js';
import { createAccess, keysOf, turnAway } from './access.js';
import { failure, GatewayRefusal, Refusal, success, toXml } from './replies.js';
import { type Call, type Routes, readCall } from './requests.js';
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

const base = '/vpostgresql/v2';

/** NAVER Cloud DB for PostgreSQL (VPC) in memory, and the gateway before it. */
export function createNaver(options: ServiceOptions): Service<'naver'> {
  const { account } = options;
  const { viewerAccessKey: _, ...keys } = keysOf(account);
  const settings = { ...keys, gateway: 'https://ncloud.apigw.ntruss.com', baseUrl: account.origin + base };
  return { settings, open: () => openNaver(options) };
}

function openNaver(options: ServiceOptions): Hono {
  const { account, world } = options;
  const naver: Naver = { account, world, store: createStore() };
  seed(naver);

  const app = createApp(options);
  const isRead = (operation: string) => operation.startsWith('get');
  app.use(`${base}/*`, createAccess(keysOf(account), isRead));
  // Every operation accepts both methods.
  for (const method of ['GET', 'POST'])
    addRoutes(app, routed(allRoutes(naver), method), (context, handle) => answer(context, handle, naver));
  return app;
}

const allRoutes = (naver: Naver): Routes => ({
  ...instanceRoutes(naver),
  ...newInstanceRoutes(naver),
  ...readReplicaRoutes(naver),
  ...dbUserRoutes(naver),
  ...databaseRoutes(naver),
  ...backupRoutes(naver),
  ...logRoutes(naver),
  ...catalogRoutes(),
});

const routed = (routes: Routes, method: string): Routes =>
  Object.fromEntries(Object.entries(routes).map(([operation, handle]) => [`${method} ${base}/${operation}`, handle]));

async function answer(context: Context, handle: (call: Call) => object, naver: Naver): Promise<Response> {
  try {
    const { call, format } = await readCall(context);
    const operation = context.req.path.slice(base.length + 1);
    const { status, body } = outcome(operation, () => handle(call), naver);
    return format === 'json'
      ? context.body(toJson(body), status, jsonType)
      : context.body(toXml(body), status, xmlType);
  } catch (error) {
    if (error instanceof GatewayRefusal) return turnAway(context, error);
    throw error;
  }
}

function outcome(operation: string, handle: () => object, { world }: Naver) {
  try {
    return { status: 200, body: success(operation, world.newId(), handle()) } as const;
  } catch (error) {
    if (error instanceof Refusal) return { status: 400, body: failure(error) } as const;
    throw error;
  }
}

/** The provider's own client library finds the body by the space before it, so answers come printed for people. */
const toJson = (body: object): string => JSON.stringify(body, null, 2);

const jsonType = { 'content-type': 'application/json' };
const xmlType = { 'content-type': 'application/xml;charset=UTF-8' };
