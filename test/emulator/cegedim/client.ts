import type { Scenario } from '../../../src/emulator/core/world.js';
import { start } from '../start.js';

export const creationType = 'application/vnd.cegedim-it.v1+json';
export const databases = '/itcare/databases/postgresql';

/** The order of a small standalone instance, as a client would write it. */
export const order = {
  productCode: 'deb12pg16',
  serviceId: 123,
  name: 'stockqa01',
  nodeSizing: '2cpu4gb',
  diskSize: 40,
  networkId: 132,
  admPassword: 'Sandbox-0nly-Pw',
  topology: 'STANDALONE',
  trigram: 'stk',
  allowedReplicationLag: 10,
  area: 'EB-QA',
};

/** A client with a token, on a clock that only `world.advance` turns. */
export async function connect({ scenario, client }: { scenario?: Scenario; client?: string } = {}) {
  const { world, faults, origin, environment, send } = start('cegedim', { scenario, start: Date.UTC(2026, 2, 10, 9) });

  async function askToken(form = 'grant_type=client_credentials', secret = environment.CEGEDIM_CLIENT_SECRET) {
    const basic = Buffer.from(`${client ?? environment.CEGEDIM_CLIENT_ID}:${secret}`).toString('base64');
    const headers = { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' };
    const url = environment.CEGEDIM_TOKEN_URL ?? '';
    const { status, body } = await send({ method: 'POST', url, headers, body: form, repeatable: true });
    return { status, body: JSON.parse(body) };
  }

  let token: string = (await askToken()).body.access_token;

  async function call(method: string, path: string, body?: object, contentType = 'application/json') {
    const headers = { authorization: `Bearer ${token}`, 'content-type': contentType };
    const url = origin + path;
    const answer = await send({ method, url, headers, body: body && JSON.stringify(body), repeatable: false });
    return { status: answer.status, body: answer.body === '' ? undefined : JSON.parse(answer.body) };
  }

  const ids = new Map<string, number>();
  for (const { type, name, id } of (await call('GET', '/itcare/compute/resources?size=100')).body.content)
    if (type === 'PostgreSQL') ids.set(name, id);

  return {
    world,
    faults,
    call,
    askToken,
    use: (other: string) => {
      token = other;
    },
    names: [...ids.keys()],
    at: (name: string) => `${databases}/${ids.get(name)}`,
    idOf: (name: string) => ids.get(name),
    create: (body: object) => call('POST', databases, body, creationType),
    change: (name: string, operation: string, options?: object) =>
      call('PATCH', `${databases}/${ids.get(name)}`, { operation, options }),
    action: async (id: number) => (await call('GET', `/itcare/actions/${id}`)).body,
  };
}
