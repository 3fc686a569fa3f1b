import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connect, linesOf } from '../support/connect.js';
import { startFleet } from '../support/fleet.js';

test('an SDK that is loaded before the bundle sees its requests and gets its spans', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const seen = join(mkdtempSync(join(tmpdir(), 'pgfleet-seen-')), 'seen.jsonl');
  const env = { NODE_OPTIONS: `--import ${new URL('outside-sdk.mjs', import.meta.url).href}`, SEEN_FILE: seen };
  const { call } = await connect({ fleet, env, process: true });
  expect((await call('nhn_list_db_instances')).isError).toBe(false);
  expect(linesOf(seen)).toEqual([
    { request: expect.stringMatching(/^POST \/.*token/) },
    { span: 'POST' },
    { request: 'GET /nhn/v1.0/db-instances' },
    { span: 'GET' },
    { span: 'tools/call nhn_list_db_instances' },
  ]);
});
