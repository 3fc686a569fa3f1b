import { beforeAll, describe, expect, test } from 'vitest';
import { endOfFile } from '../../support/end-of-file.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';
import { connectHttp } from '../support/connect-http.js';
import { rawHttp } from '../support/raw-http.js';
import { type HttpServer, startHttp } from '../support/start-http.js';

const end = endOfFile();

const env = { PGFLEET_CONFIRM: 'off' };
const eras = ['2026', '2025'] as const;

let fleet: Fleet;
let full: HttpServer;
let core: HttpServer;

beforeAll(async () => {
  fleet = await startFleet({ providers: ['nhn', 'samsung'], end });
  full = await startHttp({ fleet, env, end });
  core = await startHttp({ fleet, env, args: ['--profile', 'core'], end });
});

async function namesAt({ url }: HttpServer, path: string, peer: '2026' | '2025' = '2026'): Promise<string[]> {
  const { listTools, close } = await connectHttp({ url, path, peer });
  const names = (await listTools()).map(({ name }) => name);
  await close();
  return names;
}

describe.each(eras)('a client of %s', (peer) => {
  test('sees only reads below /mcp/readonly, and nothing else can be called there', async () => {
    const { url } = full;
    const { listTools, call } = await connectHttp({ url, peer, path: '/mcp/readonly' });
    const tools = (await listTools()) as { name: string; annotations?: { readOnlyHint?: boolean } }[];
    expect(tools.filter(({ annotations }) => annotations?.readOnlyHint !== true)).toEqual([]);
    expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(['nhn_list_db_instances']));
    const { dbInstanceId } = await instanceNamed(call, 'staging');
    for (const name of ['nhn_start_db_instance', 'nhn_delete_db_instance'])
      await expect(call(name, { dbInstanceId })).rejects.toThrow(`${name} is not offered here`);
    for (const name of ['confirm_operation', 'run_operation'])
      await expect(call(name, { dbInstanceId })).rejects.toThrow(`There is no tool ${name} here.`);
    expect(fleet.changes()).toEqual([]);
  });

  test('sees only what a profile has, and nothing else can be called there', async () => {
    const { url } = full;
    const { listTools, call } = await connectHttp({ url, peer, path: '/mcp/x/nhn:db-users' });
    const names = (await listTools()).map(({ name }) => name);
    const all = await namesAt(full, '/mcp', peer);
    expect(all).toEqual(expect.arrayContaining(names));
    expect(names.length).toBeLessThan(all.length);
    expect(names).toContain('nhn_create_db_user');
    const missing = all.find((name) => !names.includes(name)) ?? '';
    await expect(call(missing, {})).rejects.toThrow(`${missing} is not offered here`);
  });

  test('can narrow a server, and never widen it', async () => {
    const listed = await namesAt(core, '/mcp', peer);
    expect(await namesAt(core, '/mcp/x/full', peer)).toEqual(listed);
    expect(await namesAt(core, '/mcp/x/core', peer)).toEqual(listed);
    const reads = await namesAt(core, '/mcp/x/full/readonly', peer);
    expect(listed).toEqual(expect.arrayContaining(reads));
    expect(reads.length).toBeLessThan(listed.length);
    const hidden = (await namesAt(full, '/mcp', peer)).find((name) => !listed.includes(name)) ?? '';
    const { call, client } = await connectHttp({ url: core.url, peer, path: '/mcp/x/full' });
    await expect(call(hidden, {})).rejects.toThrow(`${hidden} is not offered here`);
    expect(client.getInstructions()).toContain('This address asks for full, of which the server does not offer all.');
    expect(fleet.changes()).toEqual([]);
  });

  test('reaches everything where nothing is written down, and what a path names and no more', async () => {
    const unwritten = await startHttp({ fleet, env, args: [] });
    const [daily, all] = [await namesAt(core, '/mcp', peer), await namesAt(full, '/mcp', peer)];
    expect(await namesAt(unwritten, '/mcp', peer)).toEqual(daily);
    expect(await namesAt(unwritten, '/mcp/x/full', peer)).toEqual(all);
    expect(await namesAt(unwritten, '/mcp/x/core', peer)).toEqual(daily);
    const hidden = 'nhn_list_event_codes';
    expect(daily).not.toContain(hidden);
    for (const path of ['/mcp', '/mcp/x/core+', '/mcp/x/nhn:events/readonly']) {
      const { call } = await connectHttp({ url: unwritten.url, peer, path });
      expect((await call(hidden)).isError).toBe(false);
      expect((await call('run_read_operation', { operation: hidden })).isError).toBe(false);
    }
    for (const path of ['/mcp/x/core', '/mcp/x/backups']) {
      const { call } = await connectHttp({ url: unwritten.url, peer, path });
      await expect(call(hidden)).rejects.toThrow('is not offered here');
      expect((await call('run_read_operation', { operation: hidden })).text).toContain('is not offered here');
      expect((await call('find_operation', { operation: hidden })).text).toContain('is not offered here');
    }
  });

  test.each([
    ['/mcp/x/everything', 'no such profile'],
    ['/mcp/x/core,everything', 'no such profile'],
    ['/mcp/x/', 'no such profile'],
    ['/mcp/x', '/mcp/x/<profile>'],
    ['/mcp/x/core/write', '/mcp/x/<profile>'],
    ['/mcp/else', '/mcp/x/<profile>'],
    ['/mcp/x/%E0%A4%A', 'no such profile'],
    ['/mcp/x/__proto__', 'no such profile'],
  ])('is told that there is nothing at %s', async (path, says) => {
    const raw = await rawHttp({ url: full.url, era: peer, path });
    const { status, frame } = await raw.request('tools/list');
    expect(status).toBe(404);
    expect(frame.error?.message).toContain(says);
  });
});

describe.each(eras)('what was asked for at one address, by a client of %s,', (peer) => {
  test.each([
    ['a token', { PGFLEET_CONFIRM: 'token' }, 'confirmation_token'],
    ['an approval', { PGFLEET_CONFIRM: 'human' }, 'approval_id'],
  ])('is not confirmed with %s at one that does not offer it', async (_, confirm, field) => {
    fleet.world.advance(600_000);
    fleet.sent.length = 0;
    const { url } = await startHttp({ fleet, env: confirm });
    const [wide, narrow] = [
      await connectHttp({ url, peer }),
      await connectHttp({ url, peer, path: '/mcp/x/nhn:db-users' }),
    ];
    const { dbInstanceId } = await instanceNamed(wide.call, 'analytics');
    const { data } = await wide.call('nhn_restart_db_instance', { dbInstanceId });
    const given = { [field]: String(data[field]) };
    const refused = await narrow.call('confirm_operation', given);
    // A session belongs to its address, and a token to its session.
    const why = peer === '2026' || field === 'approval_id' ? 'is not offered here' : 'in another session';
    expect(refused).toMatchObject({ isError: true, text: expect.stringContaining(why) });
    expect(fleet.changes()).toEqual([]);
    // It was not used up either.
    const { text } = await wide.call('confirm_operation', given);
    expect(text).not.toContain('is not offered here');
    if (field === 'approval_id') expect(text).toContain('has to approve');
    else expect(fleet.changes()).toEqual([`POST /v1.0/db-instances/${dbInstanceId}/restart`]);
  });
});

describe('a session', () => {
  test.each([
    ['/mcp/readonly', '/mcp'],
    ['/mcp', '/mcp/readonly'],
    ['/mcp/x/core', '/mcp/x/full'],
  ])('that was opened at %s does not exist at %s', async (here, there) => {
    const { url } = full;
    const raw = await rawHttp({ url, era: '2025', path: here });
    expect((await raw.request('tools/list')).status).toBe(200);
    const other = await rawHttp({ url, era: '2025', path: there });
    other.session = raw.session;
    expect((await other.request('tools/list')).status).toBe(404);
    const named = { name: 'nhn_list_db_instances', arguments: {} };
    expect((await other.request('tools/call', named)).status).toBe(404);
  });
});
