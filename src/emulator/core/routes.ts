import type { Context, Hono } from 'hono';

/** Adds operations by `METHOD /path/:id`. The first one that matches a request answers it. */
export function addRoutes<Handle>(
  app: Hono,
  routes: Readonly<Record<string, Handle>>,
  answer: (context: Context, handle: Handle, method: string) => Promise<Response>,
): void {
  for (const [route, handle] of Object.entries(routes)) {
    const [method = '', path = ''] = route.split(' ');
    app.on(method, path, (context) => answer(context, handle, method));
  }
}
