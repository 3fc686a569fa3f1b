import { expect, test } from 'vitest';
import { isTimeZone, timesIn } from '../../../src/values/time-text.js';

const winter = Date.parse('2026-01-15T23:30:05Z');
const summer = Date.parse('2026-07-15T23:30:05.250Z');

const told: [string, number | string, string][] = [
  ['UTC', winter, '2026-01-15T23:30:05Z'],
  ['Asia/Seoul', winter, '2026-01-16T08:30:05+09:00'],
  ['Europe/Paris', winter, '2026-01-16T00:30:05+01:00'],
  ['Europe/Paris', summer, '2026-07-16T01:30:05.250+02:00'],
  ['Europe/London', winter, '2026-01-15T23:30:05Z'],
  ['America/St_Johns', winter, '2026-01-15T20:00:05-03:30'],
  ['Asia/Seoul', '2026-01-15T15:00:00Z', '2026-01-16T00:00:00+09:00'],
  ['Asia/Seoul', '2026-01-15T15:00:00.000+0000', '2026-01-16T00:00:00+09:00'],
  ['UTC', '2026-01-16T00:00:00+09:00', '2026-01-15T15:00:00Z'],
  ['Asia/Seoul', '2026-01-15T15:00:00', '2026-01-15T15:00:00'],
  ['Asia/Seoul', 'yesterday', 'yesterday'],
  ['Asia/Seoul', '2026-13-45T99:00:00Z', '2026-13-45T99:00:00Z'],
];
test.each(told)('in the zone %s the time %s is told as %s', (zone, time, text) => {
  expect(timesIn(zone)(time)).toBe(text);
});

test('without a zone, the time of the machine is told, and it is the same moment', () => {
  expect(Date.parse(timesIn()(summer))).toBe(summer);
});

test.each(['Asia/Seoul', 'UTC', 'Etc/GMT-9'])('%s is a zone', (zone) => expect(isTimeZone(zone)).toBe(true));
test.each(['Seoul', '', 'Asia/Seoul ', 'Mars/Base'])('%j is no zone', (zone) => expect(isTimeZone(zone)).toBe(false));
