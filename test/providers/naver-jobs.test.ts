import { describe, expect, test } from 'vitest';
import { naverJobs as jobs } from '../../src/providers/naver-jobs.js';
import { ProviderError } from '../../src/providers/provider.js';

const server = (number: string, word: string, role = 'M') => ({
  cloudPostgresqlServerInstanceNo: number,
  cloudPostgresqlServerName: `pg-${number}`,
  cloudPostgresqlServerInstanceStatusName: word,
  cloudPostgresqlServerRole: { code: role },
});

const primary = server('11', 'running');
const replica = (number: string, word = 'running') => server(number, word, 'S');

/** An instance in a state, with its servers. */
const shown = (word: string, servers: object[] = [primary], facts: object = {}) => ({
  cloudPostgresqlInstanceList: [
    {
      cloudPostgresqlInstanceNo: '1',
      cloudPostgresqlInstanceStatusName: word,
      cloudPostgresqlServerInstanceList: servers,
      ...facts,
    },
  ],
});

const refused = (code: string, kind: 'not_found' | 'refused') =>
  new ProviderError(kind, 'as it says', { code, status: 400, mayHaveActed: false });
const unknownNumber = refused('5001017', 'not_found');

describe('the id of work', () => {
  test.each([
    ['naver_create_instance', {}, shown('creating', []), '1/made'],
    ['naver_create_instance', { regionCode: 'SGN' }, shown('creating', []), '1@SGN/made'],
    ['naver_delete_instance', { cloudPostgresqlInstanceNo: '1' }, shown('running'), '1/gone'],
    ['naver_create_read_replica', { cloudPostgresqlInstanceNo: '1' }, shown('running'), '1/joined'],
    [
      'naver_create_read_replica',
      { cloudPostgresqlInstanceNo: '1' },
      shown('running', [primary, replica('12'), replica('13', 'restarting'), replica('14', 'creating')]),
      '1/joined/12+13',
    ],
    ['naver_delete_read_replica', { cloudPostgresqlServerInstanceNo: '12' }, shown('running'), '1/left/12'],
    ['naver_add_db_users', { cloudPostgresqlInstanceNo: '1' }, {}, '1/changed'],
    ['naver_add_db_users', { regionCode: 'KR' }, {}, undefined],
  ])('of %s %j', (tool, input, answer, id) => {
    expect(jobs.idOf({ tool, input, answer })).toBe(id);
  });

  test.each([
    ['1', { cloudPostgresqlInstanceNo: '1', regionCode: undefined }],
    ['1@SGN', { cloudPostgresqlInstanceNo: '1', regionCode: 'SGN' }],
    ['1@SGN/joined/12+13', { cloudPostgresqlInstanceNo: '1', regionCode: 'SGN' }],
  ])('%s is read in its region', (id, input) => {
    expect(jobs.reads(id)).toEqual([{ tool: 'naver_get_instance', input }]);
  });
});

describe('a change', () => {
  test.each([
    ['creating', 'running'],
    ['settingUp', 'running'],
    ['settingup', 'running'],
    ['restarting', 'running'],
    ['deleting', 'running'],
    ['running', 'succeeded'],
    ['deleted', 'failed'],
    ['stopped', 'failed'],
    ['dreaming', 'unknown'],
  ])('of an instance that is %s long after is %s', (word, state) => {
    expect(jobs.stateOf([shown(word)], { id: '1/changed', ageSeconds: 600 })).toMatchObject({ state, word });
  });

  test.each([
    ['a state that may be the one from before', 'running', { ageSeconds: 9 }, 'running', 'running, as before'],
    ['a failure that may be so', 'stopped', { ageSeconds: 0 }, 'running', 'stopped, as before'],
    ['a state that has come back', 'running', { ageSeconds: 1, hasBegun: true }, 'succeeded', 'running'],
    ['a state that has lasted', 'running', { ageSeconds: 10 }, 'succeeded', 'running'],
    ['a state of an unknown beginning', 'running', {}, 'succeeded', 'running'],
  ])('%s', (_what, word, look, state, told) => {
    expect(jobs.stateOf([shown(word)], { id: '1/changed', ...look })).toMatchObject({ state, word: told });
  });

  test('is seen to have begun by any state of work', () => {
    const look = { id: '1/changed', ageSeconds: 1 };
    expect(jobs.stateOf([shown('settingup')], look).hasBegun).toBe(true);
    expect(jobs.stateOf([shown('running', [server('11', 'restarting')])], look).hasBegun).toBe(true);
    expect(jobs.stateOf([shown('running')], look).hasBegun).toBeUndefined();
  });

  test.each([
    [shown('running', [primary], { cloudPostgresqlInstanceOperation: { code: 'SETUP' } }), 'running, operation SETUP'],
    [shown('running', [server('11', 'restarting')]), 'running, pg-11 restarting'],
    [shown('running', []), 'running, no servers shown'],
  ])('goes on although the instance runs: %#', (answer, word) => {
    expect(jobs.stateOf([answer], { id: '1/changed', ageSeconds: 600 })).toMatchObject({ state: 'running', word });
  });

  test('of an instance that is not shown is looked for again', () => {
    const look = { id: '1/changed', ageSeconds: 600 };
    expect(jobs.stateOf([{ cloudPostgresqlInstanceList: [] }], look)).toMatchObject({ state: 'unknown' });
  });
});

test.each([
  ['1/gone', unknownNumber, 'succeeded'],
  ['1/gone', shown('deleted'), 'succeeded'],
  ['1/gone', shown('running', []), 'succeeded'],
  ['1/gone', shown('running'), 'running'],
  ['1/gone', shown('deleting'), 'running'],
  ['1/gone', shown('stopped'), 'running'],
  ['1/made', shown('creating', []), 'running'],
  ['1/made', shown('running', []), 'running'],
  ['1/made', shown('running'), 'succeeded'],
  ['1/joined', shown('running'), 'running'],
  ['1/joined', shown('running', [primary, replica('12', 'creating')]), 'running'],
  ['1/joined', shown('running', [primary, replica('12')]), 'succeeded'],
  ['1/joined/12', shown('running', [primary, replica('12')]), 'running'],
  ['1/joined/12', shown('running', [primary, replica('12'), replica('13')]), 'succeeded'],
  ['1/left/12', shown('running', [primary, replica('12')]), 'running'],
  ['1/left/12', shown('running', [primary, replica('12', 'deleting')]), 'running'],
  ['1/left/12', shown('running', [primary, replica('12', 'deleted')]), 'succeeded'],
  ['1/left/12', shown('running', [primary, replica('13')]), 'succeeded'],
  ['1/left/12', shown('running', []), 'running'],
  // A handle without a goal.
  ['1', shown('running'), 'succeeded'],
  ['1', shown('deleted'), 'succeeded'],
  ['1@SGN', shown('settingup'), 'running'],
])('%s: %# is %s', (id, answer, state) => {
  expect(jobs.stateOf([answer], { id, ageSeconds: id.includes('/') ? 1 : undefined })).toMatchObject({
    state,
  });
});

test('a number that does not exist is an error for everything but its deletion', () => {
  for (const id of ['1', '1/made', '1/joined', '1/left/12', '1/changed'])
    expect(() => jobs.stateOf([unknownNumber], { id, ageSeconds: 600 }), id).toThrow(unknownNumber);
  const other = refused('1', 'refused');
  expect(() => jobs.stateOf([other], { id: '1/gone' })).toThrow(other);
});
