import { expect, test } from 'vitest';
import { distance, fieldName, shown } from '../../../src/http/page/words/text.js';

test.each([
  ['dbInstanceType', 'DB instance', 'Type'],
  ['dbInstanceName', 'DB instances in the same group', 'Name'],
  ['backupName', 'newest manual backup, which stays', 'Name'],
  ['vpcId', 'network', 'VPC ID'],
  ['databases[].extension_status', 'database', 'Extension status'],
  ['dbInstance', 'DB instance', 'DB instance'],
])('the field %s of a %s is called %s', (path, label, name) => expect(fieldName(path, label)).toBe(name));

const minute = 60_000;
test.each([
  [0, 'just now'],
  [-40_000, '40 seconds ago'],
  [59 * minute + 59_000, 'in 59 minutes'],
  [90 * minute, 'in 90 minutes'],
  [-3 * 60 * minute, '3 hours ago'],
  [50 * 60 * minute, 'in 2 days'],
])('%i milliseconds away are told as %s', (away, text) => expect(distance(1e12 + away, 1e12)).toBe(text));

test.each([
  ['orders\u202Eyramirp', 'orders\uFFFDyramirp'],
  ['two\nlines', 'two\uFFFDlines'],
  ['<b>', '<b>'],
  ['x'.repeat(300), `${'x'.repeat(200)}…`],
  [`${'x'.repeat(199)}\u{1F600}`, `${'x'.repeat(199)}…`],
])('%j is shown as %j', (text, seen) => expect(shown(text)).toBe(seen));
