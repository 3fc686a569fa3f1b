import { expect, test } from 'vitest';
import { recordsOf, type StateSources, stateReader } from '../../../src/call/effect/state-reader.js';
import type { StateLook } from '../../../src/define/index.js';
import type { Values } from '../../../src/values/values.js';

const answer = {
  extensions: [
    { name: 'hstore', databases: [{ in: 'orders', action: 'INSTALL' }] },
    {
      name: 'postgis',
      databases: [
        { in: 'orders', action: 'NONE' },
        { in: 'maps', action: 'DELETE' },
      ],
    },
  ],
  parameters: [
    { name: 'work_mem', value: '8MB', usual: '4MB' },
    { name: 'jit', value: 'on', usual: 'on' },
  ],
  metrics: [
    {
      name: 'LAG',
      values: [
        [1, '0.5'],
        [2, '3.5'],
        [3, null],
      ],
    },
  ],
};

/** The records that a look finds, and the arguments of each read. */
async function found(look: Omit<StateLook, 'read'>, values: Values = {}) {
  const asked: Values[] = [];
  const sources: StateSources = {
    read: async (_, input) => {
      asked.push(input);
      return answer;
    },
    needs: async () => [],
  };
  const { records } = await recordsOf({ read: 'x_get_thing', ...look }, values, stateReader(sources, 600_000));
  return { records, asked };
}

test('records within others have their fields too', async () => {
  const { records } = await found({ within: 'extensions[]', at: 'databases[]', whereNot: { action: 'NONE' } });
  expect(records).toMatchObject([
    { name: 'hstore', in: 'orders', action: 'INSTALL' },
    { name: 'postgis', in: 'maps', action: 'DELETE' },
  ]);
});

test('records are kept in which two fields differ', async () => {
  const { records } = await found({ at: 'parameters[]', differ: ['value', 'usual'] });
  expect(records).toMatchObject([{ name: 'work_mem' }]);
});

test('of measured points there is the last that has a value', async () => {
  const { records } = await found({ at: 'metrics[]', lastOf: 'values' });
  expect(records).toMatchObject([{ name: 'LAG', last: 3.5 }]);
});

test('a look at what an argument means is only made where it is given', async () => {
  const look = { at: 'parameters[]', ifGiven: 'groupId' };
  expect(await found(look)).toEqual({ records: [], asked: [] });
  expect((await found(look, { groupId: 'a' })).records).toHaveLength(2);
});

test('a look can be at the last minutes', async () => {
  const { asked } = await found({ with: { from: '{time.tenMinutesAgo}', to: '{time.now}' } });
  expect(asked).toEqual([{ from: '1970-01-01T00:00:00.000Z', to: '1970-01-01T00:10:00.000Z' }]);
});
