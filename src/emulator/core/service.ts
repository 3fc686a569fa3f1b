import { Hono } from 'hono';
import type { ProviderName, SettingsOf } from '../../providers/settings.js';
import { type HttpRequest, type HttpResponse, type Send, WireError } from '../../providers/wire/http.js';
import type { Account } from './account.js';
import { CutConnection, type Faults } from './faults.js';
import type { World } from './world.js';

/** What an account of a provider is created with. */
export interface ServiceOptions {
  account: Account;
  world: World;
  faults: Faults;
}

/** One account of a provider in memory. */
export interface Service<Name extends ProviderName> {
  /** The configuration of its clients. */
  settings: SettingsOf<Name>;
  /** Makes what is in the account, and the API to it. */
  open: () => Hono;
}

/** Creates an application with what all providers share: faults, work that is due on the clock, and clear limits. */
export function createApp({ account, world, faults }: ServiceOptions): Hono {
  const app = new Hono();
  app.use('*', faults.strike(account.name));
  app.use('*', async (_context, next) => {
    world.settle();
    await next();
  });
  // A route that is missing here must never look like a provider's "not found".
  app.notFound((context) =>
    context.text(`The emulator does not imitate ${context.req.method} ${new URL(context.req.url).pathname}.`, 501),
  );
  app.onError((error, context) => {
    if (error instanceof CutConnection) throw error;
    return context.text(`The emulator itself failed: ${error.stack}`, 500);
  });
  return app;
}

/** Several services as one `Send`. The origin of the URL selects the service. */
export function sendTo(services: () => ReadonlyMap<string, Hono>): Send {
  return async (request, signal) => {
    if (signal?.aborted) throw new WireError('aborted', false, 'The call was cancelled before it was sent.');
    const origin = new URL(request.url).origin;
    const app = services().get(origin);
    if (!app) throw new WireError('unreachable', false, `Nothing listens at ${origin}.`);
    return answer(app, request);
  };
}

async function answer(app: Hono, request: HttpRequest): Promise<HttpResponse> {
  const { method, url, headers, body } = request;
  try {
    const response = await app.fetch(new Request(url, { method, headers, body }));
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  } catch (error) {
    if (error instanceof CutConnection) throw new WireError('cut', true, 'The connection broke before an answer came.');
    throw new WireError('cut', true, 'The emulator gave no answer.', { cause: error });
  }
}
