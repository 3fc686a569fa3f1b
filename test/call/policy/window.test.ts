import { expect, test } from 'vitest';
import { decide, effectOf } from './facts.js';

const weekNights = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '22:00', to: '06:00' };
const seoul = { days: ['mon'], from: '09:00', to: '18:00', zone: 'Asia/Seoul' };
const newYork = { from: '02:00', to: '04:00', zone: 'America/New_York' };
const berlin = { from: '02:00', to: '03:00', zone: 'Europe/Berlin' };

// 2026-11-22 is a Sunday.
const moments: [string, object, string, 'inside' | 'outside'][] = [
  ['the first minute', weekNights, '2026-11-23T22:00:00Z', 'inside'],
  ['a second before it', weekNights, '2026-11-23T21:59:59Z', 'outside'],
  ['the last second', weekNights, '2026-11-24T05:59:59Z', 'inside'],
  ['the end', weekNights, '2026-11-24T06:00:00Z', 'outside'],
  ['midnight', weekNights, '2026-11-24T00:00:00Z', 'inside'],
  ['Monday before dawn: Sunday’s night', weekNights, '2026-11-23T03:00:00Z', 'outside'],
  ['Saturday before dawn: Friday’s night', weekNights, '2026-11-28T03:00:00Z', 'inside'],
  ['Saturday night', weekNights, '2026-11-28T23:00:00Z', 'outside'],
  ['Sunday before dawn', weekNights, '2026-11-22T03:00:00Z', 'outside'],

  ['Sunday in UTC, Monday in Seoul', seoul, '2026-11-23T00:00:00Z', 'inside'],
  ['Monday 08:59 in Seoul', seoul, '2026-11-22T23:59:00Z', 'outside'],
  ['Monday evening in Seoul', seoul, '2026-11-23T09:00:00Z', 'outside'],

  ['a whole day begins', { days: ['sun'] }, '2026-11-22T00:00:00Z', 'inside'],
  ['a whole day ends', { days: ['sun'] }, '2026-11-22T23:59:59Z', 'inside'],
  ['a whole day is over', { days: ['sun'] }, '2026-11-23T00:00:00Z', 'outside'],
  ['until midnight', { from: '20:00', to: '24:00' }, '2026-11-22T23:59:59Z', 'inside'],
  ['after midnight', { from: '20:00', to: '24:00' }, '2026-11-23T00:00:00Z', 'outside'],
  ['from midnight on', { from: '00:00', to: '04:00' }, '2026-11-22T00:00:00Z', 'inside'],

  // New York skips 02:00 to 03:00 on 8 March 2026, and has 01:00 to 02:00 twice on 1 November.
  ['02:30 in winter time', newYork, '2026-03-07T07:30:00Z', 'inside'],
  ['01:59 before the skipped hour', newYork, '2026-03-08T06:59:00Z', 'outside'],
  ['03:00, a minute later', newYork, '2026-03-08T07:00:00Z', 'inside'],
  ['04:00 on that day', newYork, '2026-03-08T08:00:00Z', 'outside'],
  ['02:30 in summer time', newYork, '2026-07-01T06:30:00Z', 'inside'],
  ['the second 01:30', newYork, '2026-11-01T06:30:00Z', 'outside'],

  // Berlin has 02:00 to 03:00 twice on 25 October 2026, and not at all on 29 March.
  ['the first 02:30', berlin, '2026-10-25T00:30:00Z', 'inside'],
  ['the second 02:30', berlin, '2026-10-25T01:30:00Z', 'inside'],
  ['03:00, after both', berlin, '2026-10-25T02:00:00Z', 'outside'],
  ['03:00, where 02:00 is missing', berlin, '2026-03-29T01:00:00Z', 'outside'],
];

test.each(moments)('%s, %j: %s is %s', async (_, window, at, expected) => {
  const decision = await decide([{ effect: 'deny', times: [window] }], { time: Date.parse(at) });
  expect(effectOf(decision)).toBe(expected === 'inside' ? 'deny' : 'none');
});

test('one of several windows is enough', async () => {
  const times = [{ days: ['mon'] }, { from: '02:00', to: '04:00' }];
  const effects = ['2026-11-22T03:00:00Z', '2026-11-23T12:00:00Z', '2026-11-22T12:00:00Z'].map(async (at) =>
    effectOf(await decide([{ effect: 'deny', times }], { time: Date.parse(at) })),
  );
  expect(await Promise.all(effects)).toEqual(['deny', 'deny', 'none']);
});
