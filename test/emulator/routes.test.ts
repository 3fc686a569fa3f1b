import { describe, expect, test } from 'vitest';
import { connectProvider } from '../../src/providers/index.js';
import { ProviderError } from '../../src/providers/provider.js';
import { providerNames } from '../../src/providers/settings.js';
import { loadToolset } from '../../src/server/catalog.js';
import { start } from './start.js';

describe.each(providerNames)('of the operations declared for %s', (name) => {
  const { send, settings } = start(name);
  const connection = connectProvider(name, settings, { send, now: () => Date.now() });

  async function declaredRoutes(): Promise<string[]> {
    const tools = Object.values((await loadToolset(name))?.groups ?? {}).flat();
    return tools.flatMap(({ route, otherPath }) =>
      otherPath ? [route, route.replace(/\/.*/, otherPath.path)] : [route],
    );
  }

  /** Whether an empty request, signed as the product signs it, is answered in the provider's own form. */
  async function isImitated(route: string): Promise<boolean> {
    const provider = await connection;
    const [method = '', path = ''] = route.split(' ');
    const body = method === 'GET' || method === 'DELETE' ? undefined : {};
    const request = { method, path: path.replaceAll(/\{\w+\}/g, '1'), query: {}, body, repeatable: false };
    const response = await send(await provider.sign({ ...request, contentType: 'application/json' }));
    try {
      return Boolean(provider.unwrap(response));
    } catch (error) {
      return error instanceof ProviderError && ['not_found', 'refused'].includes(error.kind);
    }
  }

  async function notImitated(routes: readonly string[]): Promise<string[]> {
    const answers = await Promise.all(routes.map(async (route) => ((await isImitated(route)) ? [] : [route])));
    return answers.flat();
  }

  test('none is missing in its emulator, at any of its paths', async () => {
    const routes = await declaredRoutes();
    expect(routes).not.toEqual([]);
    expect(await notImitated(routes)).toEqual([]);
  });

  test('one that nobody declared says that it is not imitated, and not "not found"', async () => {
    const unknown = (await declaredRoutes()).slice(0, 1).map((route) => `${route}/teleport`);
    expect(unknown).toHaveLength(1);
    expect(await notImitated(unknown)).toEqual(unknown);
  });
});
