import { isIP } from 'node:net';
import { expect, test } from 'vitest';
import { covers, intervalsOf, isEverywhere, sharedRange } from '../../../src/values/address-range.js';
import { admission } from '../../../src/values/admission.js';
import { randomNumbers } from './random-numbers.js';

const rangesOf = (text: string) => admission([], [text]).gained.ranges;

test.each<[text: string, ranges: string[]]>([
  ['10.0.0.0/8', ['10.0.0.0/8']],
  ['10.0.0.5/8', ['10.0.0.0/8']],
  ['1.2.3.4/0', ['0.0.0.0/0']],
  ['203.0.113.7', ['203.0.113.7/32']],
  ['203.0.113.7/32', ['203.0.113.7/32']],
  ['  10.0.0.0/8\n', ['10.0.0.0/8']],
  ['10.0.0.0 / 8', ['10.0.0.0/8']],
  ['10.0.0.0 255.0.0.0', ['10.0.0.0/8']],
  ['10.0.0.0/255.0.0.0', ['10.0.0.0/8']],
  ['10.1.2.3   255.255.255.255', ['10.1.2.3/32']],
  ['10.0.0.0 0.0.0.0', ['0.0.0.0/0']],
  ['2001:DB8::/32', ['2001:db8::/32']],
  ['2001:db8::1', ['2001:db8::1/128']],
  ['2001:0db8:0:0:0:0:0:1/32', ['2001:db8::/32']],
  ['2001:db8:: ffff:ffff::', ['2001:db8::/32']],
  ['::/0', ['::/0']],
  ['::', ['::/128']],
  ['1::/0', ['::/0']],
  ['::ffff:1.2.3.0/120', ['1.2.3.0/24']],
  ['::FFFF:102:300/120', ['1.2.3.0/24']],
  ['::ffff:1.2.3.4', ['1.2.3.4/32']],
  ['::ffff:0:0/96', ['0.0.0.0/0']],
  ['::1.2.3.4/96', ['::/96']],
  ['64:ff9b::1.2.3.4', ['64:ff9b::102:304/128']],
  ['all', ['0.0.0.0/0', '::/0']],
  ['ALL', ['0.0.0.0/0', '::/0']],
])('%j is %j', (text, ranges) => {
  expect(rangesOf(text)).toEqual(ranges);
});

test.each([
  '',
  ' ',
  '/',
  '/8',
  '10.0.0.0/',
  '10.0.0.0/33',
  '10.0.0.0/-1',
  '10.0.0.0/8/8',
  '10.0.0.0/0x8',
  '10.0.0.0 8',
  '10.0.0.0/255.0.255.0',
  '10.0.0.0/0.0.0.255',
  '10.0.0.0/ffff::',
  '300.1.1.1',
  '010.0.0.1',
  '0x0a.0.0.1',
  '10.1',
  '167772161',
  '10.0.0.0-10.0.0.9',
  '10.0.0.0/8,11.0.0.0/8',
  '::1/129',
  '1::2::3',
  '1:2:3:4:5:6:7:',
  '::ffff:010.0.0.1',
  '::ffff:1.2.3.400',
  'fe80::1%eth0',
  ':::',
  'samehost',
  'samenet',
  'localhost',
  'db.example.com',
  '.example.com',
  '１０.0.0.1',
  '10.0.0.0/8 '.repeat(10_000),
  `${'1'.repeat(100_000)}.example.com`,
])('%.40s is no range', (text) => {
  expect(intervalsOf(text)).toEqual([]);
  expect(admission([], [text])).toEqual({
    gained: { ranges: [], unjudged: [text] },
    lost: { ranges: [], unjudged: [] },
    isWide: false,
  });
});

test('what the system takes for an address is one, and nothing else', () => {
  const random = randomNumbers(11);
  const begin = ['1.2.3.4', '2001:db8::7', '::', '1:2:3:4:5:6:7:8', '::ffff:10.0.0.1', 'fe80::a:1.2.3.4'];
  const signs = ['', ':', '::', '.', '0', '7', 'f', '25', '1.2'];
  let addresses = 0;
  for (let round = 0; round < 4000; round += 1) {
    let text = begin[random(begin.length)] ?? '';
    for (let change = random(3); change >= 0; change -= 1) {
      const at = random(text.length + 1);
      text = text.slice(0, at) + signs[random(signs.length)] + text.slice(at + random(2));
    }
    const isAddress = isIP(text) !== 0;
    addresses += Number(isAddress);
    expect(intervalsOf(text).length > 0, text).toBe(isAddress);
  }
  expect(addresses).toBeGreaterThan(500);
});

test.each([
  ['10.0.0.0/8', '10.20.0.0/16', true],
  ['10.20.0.0/16', '10.0.0.0/8', false],
  ['10.0.0.0/8', '10.1.2.3', true],
  ['0.0.0.0/0', '203.0.113.0/24', true],
  ['0.0.0.0/0', '::/0', false],
  ['all', '::/0', true],
  ['0.0.0.0/0', 'all', false],
  ['10.0.0.0/8', '::ffff:10.0.0.0/112', true],
  ['2001:db8::/32', '2001:db8:1::/48', true],
  ['10.0.0.0/33', '10.0.0.1', false],
  ['.example.com', '.Example.com', true],
  ['0.0.0.0/0', '.example.com', false],
])('%s covers %s: %s', (outer, inner, expected) => {
  expect(covers(outer, inner)).toBe(expected);
});

test.each([
  ['10.0.0.0/8', '10.20.0.0/16', '10.20.0.0/16'],
  ['10.20.0.0/16', '10.0.0.0/8', '10.20.0.0/16'],
  ['10.0.0.0/8', '192.168.0.0/24', undefined],
  ['0.0.0.0/0', '::/0', undefined],
  ['all', '10.0.0.0/8', '10.0.0.0/8'],
  ['.example.com', '10.0.0.0/8', '.example.com'],
  ['10.0.0.0/8', '.example.com', '.example.com'],
])('%s and %s share %s', (one, other, expected) => {
  expect(sharedRange(one, other)).toBe(expected);
});

test.each([
  ['0.0.0.0/0', true],
  ['::/0', true],
  ['0:0:0:0:0:0:0:0/0', true],
  ['1.2.3.4/0', true],
  ['0.0.0.0 0.0.0.0', true],
  ['::ffff:0.0.0.0/96', true],
  ['all', true],
  ['0.0.0.0/1', false],
  ['example.com/0', false],
  ['', false],
])('%j is everywhere: %s', (range, expected) => {
  expect(isEverywhere(range)).toBe(expected);
});
