import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectHttp } from '../../http/support/connect-http.js';
import { startHttp } from '../../http/support/start-http.js';
import { type Connection, connect, linesOf, type Result } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { runInProcess } from '../../support/in-process.js';
import { instanceNamed } from '../../support/nhn.js';

const end = endOfFile();

let fleet: Fleet;
let file: string;
let dbInstanceId: string;
let names = 0;

beforeAll(async () => {
  fleet = await startFleet({ providers: ['nhn'], end });
  const { call } = await connect({ fleet, end });
  dbInstanceId = (await instanceNamed(call, 'staging')).dbInstanceId;
});

beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'pgfleet-rotation-')), 'audit.jsonl');
});

/** A server that writes the record; gives how to make a change, which leaves two lines. */
interface Server {
  change: () => Promise<Result>;
  stderr: () => string;
}

/** Gives the instance another name each time. */
const changing = (call: Connection['call']) => async () => {
  fleet.world.advance(600_000);
  names += 1;
  return call('nhn_modify_db_instance', { dbInstanceId, dbInstanceName: `staging-${names}` });
};

const servers: Record<string, () => Promise<Server>> = {
  stdio: async () => {
    const { call, stderr } = await connect({ fleet, env: { PGFLEET_AUDIT_LOG: file } });
    return { change: changing(call), stderr };
  },
  HTTP: async () => {
    const { url, stderr } = await startHttp({ fleet, env: { PGFLEET_AUDIT_LOG: file } });
    const { call } = await connectHttp({ url });
    return { change: changing(call), stderr };
  },
};

/** What the command says of a record; rejects with its answer where that is a no. */
async function verify(...files: string[]): Promise<string> {
  const { stdout } = await runInProcess({ args: ['audit', 'verify', ...files] });
  return stdout();
}

describe.each(Object.entries(servers))('a server over %s', (_, start) => {
  test.each([
    ['is gone', () => undefined],
    ['has an empty one in its place', () => writeFileSync(file, '')],
  ])('whose record was moved away and %s goes on in a new file, in the same chain', async (_what, prepare) => {
    const { change, stderr } = await start();
    await change();
    renameSync(file, `${file}.1`);
    prepare();
    expect(await change()).toMatchObject({ isError: false });
    await change();
    renameSync(file, `${file}.2`);
    prepare();
    await change();

    const [first, second, third] = [`${file}.1`, `${file}.2`, file];
    const parts = [first, second, third].map(linesOf);
    expect(parts.map(({ length }) => length)).toEqual([2, 4, 2]);
    const lines = parts.flat();
    expect(lines.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(lines.slice(1).map(({ previous }) => previous)).toEqual(lines.slice(0, -1).map(({ hash }) => hash));
    expect(stderr()).toContain('was moved away, and goes on in a new file with line 3');
    expect(stderr()).not.toContain('was cut');
    expect(await verify(first, second, third)).toContain('8 lines');
    await expect(verify(third)).rejects.toThrow('Line 1 goes on from line 6, in a file that was moved away');
    await expect(verify(first, third)).rejects.toThrow('Line 3 ');
    await expect(verify(second, first, third)).rejects.toThrow('Line 1 ');
  });

  test('that is started again after its record was moved away goes on in the same chain', async () => {
    await (await start()).change();
    renameSync(file, `${file}.1`);
    const { change, stderr } = await start();
    await change();
    expect(await verify(`${file}.1`, file)).toContain('4 lines');
    expect(stderr()).toContain('was moved away');
  });

  test('that writes beside another one goes on with it after the record was moved away', async () => {
    const [one, other] = [await start(), await start()];
    await one.change();
    await other.change();
    renameSync(file, `${file}.1`);
    await one.change();
    await other.change();
    expect(await verify(`${file}.1`, file)).toContain('8 lines');
    expect(other.stderr()).not.toContain('was cut');
  });

  test('does not take a record that was emptied for one that was moved away', async () => {
    const { change, stderr } = await start();
    await change();
    writeFileSync(file, '');
    await change();
    expect(stderr()).toContain('was cut or rewritten');
    await expect(verify(file)).rejects.toThrow('Line 1 ');
  });

  test('whose record was deleted says so, and its lines are missed for good', async () => {
    const { change, stderr } = await start();
    await change();
    rmSync(file);
    await change();
    await change();
    expect(stderr()).toContain('was moved away');
    await expect(verify(file)).rejects.toThrow('Line 1 goes on from line 2');
  });
});
