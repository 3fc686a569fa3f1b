import type { Client } from '@modelcontextprotocol/client';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ConnectOptions, connect, peers } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { startFleet } from '../../support/fleet.js';
import { startRaw } from '../../support/raw.js';

const end = endOfFile();

const servers: [string, ConnectOptions][] = [
  ...peers.map((peer): [string, ConnectOptions] => [`to a client of the kind ${peer}`, { peer }]),
  ['as it is built', { process: true }],
];

// Each part has stories of its own; here the server serves them all.
describe.each(servers)('the server, %s,', (_name, options) => {
  let client: Client;
  beforeAll(async () => {
    client = (await connect({ ...options, env: { PGFLEET_LANG: 'ko' }, end })).client as Client;
  });

  test('serves the fleet as resources, with templates that complete from the inventory', async () => {
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual(expect.arrayContaining(['pgfleet://fleet/instances']));
    const { contents } = await client.readResource({ uri: 'pgfleet://fleet/attention' });
    expect(JSON.stringify(contents)).toContain('billing-legacy');
    const { resourceTemplates } = await client.listResourceTemplates();
    const template = resourceTemplates.find(({ uriTemplate }) => uriTemplate === 'pgfleet://{provider}/instances/{id}');
    const ref = { type: 'ref/resource' as const, uri: template?.uriTemplate ?? '' };
    const { completion } = await client.complete({ ref, argument: { name: 'provider', value: 'n' } });
    expect(completion.values).toEqual(expect.arrayContaining(['nhn', 'naver']));
  });

  test('serves runbooks as prompts and as skills', async () => {
    const { prompts } = await client.listPrompts();
    expect(prompts).toHaveLength(13);
    const { messages } = await client.getPrompt({
      name: 'diagnose_instance',
      arguments: { instance: 'orders-primary' },
    });
    expect(JSON.stringify(messages)).toMatch(/orders-primary.*[가-힣]/);
    const { resources } = await client.listResources();
    expect(resources.filter(({ uri }) => uri.startsWith('skill://'))).toHaveLength(13);
    const { contents } = await client.readResource({ uri: 'skill://diagnose-instance/SKILL.md' });
    expect(JSON.stringify(contents)).toContain('name: diagnose-instance');
  });

  test('says in under 2,000 characters what it is and where to start', () => {
    const text = client.getInstructions() ?? '';
    expect(text).toContain('fleet_check');
    expect(text.length).toBeLessThan(2_000);
  });
});

test('the built server gives a task to a client that declares the extension', async () => {
  const extension = 'io.modelcontextprotocol/tasks';
  const capabilities = { extensions: { [extension]: {} } };
  const fleet = await startFleet({ providers: ['nhn'] });
  const server = await startRaw({ process: true, fleet, capabilities, env: { PGFLEET_CONFIRM: 'off' } });
  const { result: listed } = await server.call('nhn_list_db_instances');
  const data = listed?.['structuredContent'] as { dbInstances: { dbInstanceId: string }[] } | undefined;
  const args = { dbInstanceId: data?.dbInstances[3]?.dbInstanceId, backupName: 'by-task' };
  const { result: task } = await server.call('nhn_backup_db_instance', args);
  expect(task).toMatchObject({ resultType: 'task', status: 'working' });
  fleet.world.advance(600_000);
  const { result: ended } = await server.request('tasks/get', { taskId: task?.['taskId'] });
  expect(ended).toMatchObject({ status: 'completed' });
});
