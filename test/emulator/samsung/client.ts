import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { Scenario } from '../../../src/emulator/core/world.js';
import { start } from '../start.js';

const begin = Date.parse('2026-05-20T03:20:00Z');

interface Signing {
  accessKey: string;
  secretKey: string;
  time?: number;
}

/** Signs by the provider's documents, without a word of the product's own code. */
export function signed(method: string, url: string, { accessKey, secretKey, time = Date.now() }: Signing) {
  const text = `${method}${url}${time}${accessKey}Openapi`;
  return {
    'scp-accesskey': accessKey,
    'scp-signature': createHmac('sha256', secretKey).update(text).digest('base64'),
    'scp-timestamp': String(time),
    'scp-clienttype': 'Openapi',
    'scp-api-version': 'postgresql 1.0',
  };
}

export const operator: Signing = { accessKey: 'SANDBOXACCESSKEY', secretKey: 'sandbox-secret-key' };
export const viewer: Signing = { accessKey: 'SANDBOXVIEWERKEY', secretKey: 'sandbox-viewer-secret-key' };

/** The emulator on a clock that stands still, and a client of it. */
export function connect(scenario: Scenario = 'normal') {
  const { world, faults, app, origin } = start('samsung', { scenario, start: begin });

  const fetch = async (method: string, path: string, init: { headers: Record<string, string>; body?: string }) => {
    const response = await app.fetch(new Request(origin + path, { method, ...init }));
    const text = await response.text();
    const answer: unknown = /^[{[]/.test(text) ? JSON.parse(text) : text;
    return { status: response.status, answer };
  };
  const send = (method: string, path: string, body?: object, key = operator) =>
    fetch(method, path, { headers: signed(method, origin + path, key), body: body && JSON.stringify(body) });
  const get = async (path: string) => (await send('GET', path)).answer;

  /** Ids of a cluster by its name. */
  async function find(name: string) {
    const { contents } = list.parse(await get(`/v1/clusters?name=${name}`));
    const id = contents.find((cluster) => cluster.name === name)?.id ?? '';
    const { instance_groups } = groups.parse(await get(`/v1/clusters/${id}`));
    const [group] = instance_groups;
    return { id, path: `/v1/clusters/${id}`, groupId: group?.id ?? '', diskIds: group?.block_storage_groups ?? [] };
  }

  /** Sends a change and lets the clock run until it is done. */
  async function change(method: string, path: string, body?: object) {
    const { answer } = await send(method, path, body);
    const { request_id, resource } = accepted.parse(answer);
    world.advance(120_000);
    return { requestId: request_id, id: resource.id };
  }

  return { world, faults, origin, fetch, send, get, find, change };
}

export const accepted = z.object({ request_id: z.string(), resource: z.object({ id: z.string() }) });
const list = z.object({ contents: z.array(z.object({ id: z.string(), name: z.string() })) });
const groups = z.object({
  instance_groups: z.array(
    z.object({ id: z.string(), block_storage_groups: z.array(z.object({ id: z.string(), role_type: z.string() })) }),
  ),
});

/** A request for a cluster, as small as it may be. */
export const creation = (engineVersionId: string, changes: object = {}) => ({
  name: 'invoices',
  instance_name_prefix: 'invoices',
  dbaas_engine_version_id: engineVersionId,
  subnet_id: '1ddd7f1e4a8a43ed8b82d70cade0b321',
  timezone: 'Asia/Seoul',
  init_config_option: {
    database_name: 'invoices',
    database_user_name: 'owner',
    database_user_password: 'Example-Passw0rd!',
  },
  instance_groups: [
    { role_type: 'ACTIVE', server_type_name: 'db1v2m4', block_storage_groups: [{ role_type: 'OS', size_gb: 104 }] },
  ],
  ...changes,
});

export async function engineVersion(get: (path: string) => Promise<unknown>, softwareVersion: string) {
  const versions = z.object({ contents: z.array(z.object({ id: z.string(), software_version: z.string() })) });
  const { contents } = versions.parse(await get('/v1/engine-versions'));
  return contents.find((version) => version.software_version === softwareVersion)?.id ?? '';
}
