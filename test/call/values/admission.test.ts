import { describe, expect, test } from 'vitest';
import { admission, describeRanges } from '../../../src/values/admission.js';
import { randomNumbers } from './random-numbers.js';

describe('who gets in by a change, and who no longer does', () => {
  test.each<[what: string, before: string[], after: string[], gained: string[], lost: string[]]>([
    ['nothing', [], [], [], []],
    ['the same, written in another way', ['10.0.0.5/8'], ['10.0.0.0 255.0.0.0'], [], []],
    ['the same in another order', ['1.2.3.4', '5.6.7.8'], ['5.6.7.8', '1.2.3.4'], [], []],
    ['the same in two halves', ['10.0.0.0/8'], ['10.128.0.0/9', '10.0.0.0/9'], [], []],
    ['a range within one that is there', ['10.0.0.0/8'], ['10.0.0.0/8', '10.1.0.0/16'], [], []],
    ['a range is added', ['10.0.0.0/8'], ['10.0.0.0/8', '1.2.3.0/24'], ['1.2.3.0/24'], []],
    ['a range is taken away', ['10.0.0.0/8', '1.2.3.0/24'], ['10.0.0.0/8'], [], ['1.2.3.0/24']],
    ['one is replaced', ['1.2.3.4'], ['1.2.3.5/32'], ['1.2.3.5/32'], ['1.2.3.4/32']],
    ['one becomes wider', ['10.0.0.0/24'], ['10.0.0.0/23'], ['10.0.1.0/24'], []],
    ['one becomes narrower', ['10.0.0.0/23'], ['10.0.0.0/24'], [], ['10.0.1.0/24']],
    ['two that lie side by side', [], ['1.2.3.128/25', '1.2.3.0/25'], ['1.2.3.0/24'], []],
    ['two that overlap', [], ['1.2.3.0/25', '1.2.3.64/26', '1.2.3.0/24'], ['1.2.3.0/24'], []],
    ['both halves of the world', ['0.0.0.0/1'], ['0.0.0.0/1', '128.0.0.0/1'], ['128.0.0.0/1'], []],
    ['a hole', ['10.0.0.0/30'], ['10.0.0.0', '10.0.0.3'], [], ['10.0.0.1/32', '10.0.0.2/32']],
    ['IPv4 beside IPv6', ['0.0.0.0/0'], ['::/0'], ['::/0'], ['0.0.0.0/0']],
    ['a mapped address that is there', ['1.2.3.0/24'], ['1.2.3.0/24', '::ffff:1.2.3.4'], [], []],
    ['the ends of IPv6', ['::/1'], ['8000::/1'], ['8000::/1'], ['::/1']],
    ['the last address', ['255.255.255.254/31'], ['255.255.255.255'], [], ['255.255.255.254/32']],
  ])('%s', (_, before, after, gained, lost) => {
    const result = admission(before, after);
    expect([result.gained.ranges, result.lost.ranges]).toEqual([gained, lost]);
  });

  test('names are compared as names, and what they let in is not judged', () => {
    const { gained, lost, isWide } = admission(
      ['old.example.com', 'Kept.example.com', '10.0.0.0/8'],
      ['kept.example.com ', 'new.example.com', 'NEW.example.com', '10.0.0.0/99', '10.0.0.0/8'],
    );
    expect(gained).toEqual({ ranges: [], unjudged: ['new.example.com', '10.0.0.0/99'] });
    expect(lost).toEqual({ ranges: [], unjudged: ['old.example.com'] });
    expect(isWide).toBe(false);
  });
});

const all256 = Array.from({ length: 256 }, (_, each) => `1.2.${each}.0/24`);

test.each<[what: string, before: string[], after: string[], isWide: boolean]>([
  ['every address', [], ['0.0.0.0/0'], true],
  ['every address of IPv6', [], ['::/0'], true],
  ['both halves', [], ['0.0.0.0/1', '128.0.0.0/1'], true],
  ['every address with bits of a host', [], ['1.2.3.4/0'], true],
  ['all', ['10.0.0.0/8'], ['all'], true],
  ['every mapped address', [], ['::ffff:0:0/96'], true],
  ['a small range of IPv6 that has every mapped address', [], ['::/80'], true],
  ['a public /23', [], ['1.2.2.0/23'], true],
  ['a public /24', [], ['1.2.3.0/24'], false],
  ['one public address', [], ['1.2.3.4'], false],
  ['two public /24 apart', [], ['1.2.3.0/24', '1.2.5.0/24'], false],
  ['two public /24 side by side', [], ['1.2.2.0/24', '1.2.3.0/24'], true],
  ['two side by side that are no /23', [], ['1.2.3.0/24', '1.2.4.0/24'], true],
  ['a public /24 and one address beside it', [], ['1.2.3.0/24', '1.2.4.0'], true],
  ['two public /25 side by side', [], ['1.2.3.0/25', '1.2.3.128/25'], false],
  ['256 public /24 that are a /16', [], all256, true],
  ['the last of them', all256.slice(1), all256, true],
  ['a /24 beside one that is there', ['1.2.2.0/24'], ['1.2.2.0/24', '1.2.3.0/24'], true],
  ['a /24 in place of the one beside it', ['1.2.2.0/24'], ['1.2.3.0/24'], false],
  ['what is wide already stays', ['0.0.0.0/0'], ['0.0.0.0/0'], false],
  ['what is wide already, and one far away', ['1.0.0.0/8'], ['1.0.0.0/8', '5.6.7.8'], false],
  ['a wide range gets narrower', ['0.0.0.0/0'], ['1.0.0.0/8'], false],
  ['private /8', [], ['10.0.0.0/8'], false],
  ['private /12 and /16', [], ['172.16.0.0/12', '192.168.0.0/16'], false],
  [
    'the machine itself, its link, and a carrier’s customers',
    [],
    ['127.0.0.0/8', '169.254.0.0/16', '100.64.0.0/10'],
    false,
  ],
  ['private IPv6', [], ['fc00::/7', 'fe80::/10', '::1'], false],
  ['private and public in one', [], ['192.168.0.0/15'], true],
  ['more than a private /8', [], ['10.0.0.0/7'], true],
  ['private /8 and one public address beside it', [], ['10.0.0.0/8', '11.0.0.0'], false],
  ['just beyond a private range', [], ['172.32.0.0/16'], true],
  ['IPv6 /47', [], ['2001:db8::/47'], true],
  ['IPv6 /48', [], ['2001:db8::/48'], false],
  ['two IPv6 /48 side by side', [], ['2001:db8::/48', '2001:db8:1::/48'], true],
  ['a private range of IPv6 and one beside it', [], ['fc00::/6'], true],
])('%s: wide is %4$s', (_, before, after, isWide) => {
  expect(admission(before, after).isWide).toBe(isWide);
});

describe('beside a model that counts each address', () => {
  const size = 4096;
  const dotted = (number: number) => [24, 16, 8, 0].map((bits) => (number >>> bits) & 255).join('.');
  const numberOf = (text: string) => text.split('.').reduce((number, part) => number * 256 + Number(part), 0);
  const ipv4 = (first: string) => ({
    write: (at: number, length: number) => `${dotted(numberOf(first) + at)}/${length}`,
    read: (address: string) => numberOf(address) - numberOf(first),
    bits: 32,
  });
  const mapped = {
    ...ipv4('1.2.0.0'),
    write: (at: number, length: number) => `::ffff:${dotted(numberOf('1.2.0.0') + at)}/${96 + length}`,
  };
  const ipv6 = {
    write: (at: number, length: number) => `2001:db8::${at.toString(16)}/${96 + length}`,
    read: (address: string) => Number.parseInt(address.slice('2001:db8::'.length) || '0', 16),
    bits: 128,
  };
  const everyOne = () => true;
  const noOne = () => false;

  /** Spaces of 4,096 addresses, and which of them count as public. IPv6 has too few here to be wide. */
  const spaces: [string, typeof mapped, (at: number) => boolean][] = [
    ['public', ipv4('1.2.0.0'), everyOne],
    ['mapped', mapped, everyOne],
    ['private', ipv4('10.0.0.0'), noOne],
    ['at the start of a private range', ipv4('192.167.248.0'), (at) => at < size / 2],
    ['at the end of a private range', ipv4('172.31.248.0'), (at) => at >= size / 2],
    ['IPv6', ipv6, noOne],
  ];

  test.each(spaces)('%s', (_, { write, read, bits }, isPublic) => {
    const random = randomNumbers(2026);
    const someRanges = () =>
      Array.from({ length: random(6) }, () => {
        const hostBits = random(11);
        return { at: random(size), hostBits };
      });
    const written = (ranges: ReturnType<typeof someRanges>) =>
      ranges.map(({ at, hostBits }) => write(at, 32 - hostBits));
    const members = (ranges: ReturnType<typeof someRanges>) => {
      const present = new Set<number>();
      for (const { at, hostBits } of ranges)
        for (let each = 0; each < 2 ** hostBits; each += 1) present.add(at - (at % 2 ** hostBits) + each);
      return present;
    };
    const told = (ranges: readonly string[]) =>
      ranges.map((range) => {
        const [address = '', length] = range.split('/');
        return { at: read(address), hostBits: bits - Number(length) };
      });
    /** Whether somebody new is in a run of more than 256 public addresses. */
    const isWideModel = (now: Set<number>, gained: Set<number>) => {
      for (let at = 0, run = 0, hasNew = false; at < size; at += 1) {
        const counts = now.has(at) && isPublic(at);
        run = counts ? run + 1 : 0;
        hasNew = counts && (hasNew || gained.has(at));
        if (run > 256 && hasNew) return true;
      }
      return false;
    };
    const difference = (one: Set<number>, other: Set<number>) => new Set([...one].filter((at) => !other.has(at)));
    let wide = 0;
    for (let round = 0; round < 150; round += 1) {
      const [before, after] = [someRanges(), someRanges()];
      const shared = random(2) === 0 ? before : [];
      const [old, now] = [members(before), members([...shared, ...after])];
      const expected = { gained: difference(now, old), lost: difference(old, now) };
      const result = admission(written(before), written([...shared, ...after]));
      for (const side of ['gained', 'lost'] as const) {
        const found = told(result[side].ranges);
        expect(members(found)).toEqual(expected[side]);
        // Each address once, in order, and no two that could be one.
        expect(found.reduce((sum, { hostBits }) => sum + 2 ** hostBits, 0)).toBe(expected[side].size);
        expect(found.map(({ at }) => at)).toEqual(found.map(({ at }) => at).toSorted((a, b) => a - b));
        const pairs = found.map(({ at, hostBits }) => `${Math.floor(at / 2 ** (hostBits + 1))} ${hostBits}`);
        expect(new Set(pairs).size).toBe(pairs.length);
      }
      const isWide = isWideModel(now, expected.gained);
      wide += Number(isWide);
      expect(result.isWide).toBe(isWide);
    }
    expect(wide > 10).toBe([0, 1, size - 1].some(isPublic));
  });
});

test.each<[ranges: string[], words: string[]]>([
  [[], []],
  [['10.0.0.0/8'], ['10.0.0.0/8 (private)']],
  [['10.1.2.3'], ['10.1.2.3 (private)']],
  [['fd00::/8'], ['fd00::/8 (private)']],
  [['0.0.0.0/0'], ['every address (IPv4)']],
  [['::/0'], ['every address (IPv6)']],
  [
    ['1.2.3.4/0', 'all'],
    ['every address (IPv4)', 'every address (IPv6)'],
  ],
  [['203.0.113.7/32'], ['203.0.113.7']],
  [['203.0.113.0/24'], ['203.0.113.0/24 (256 addresses)']],
  [['1.2.3.4/16'], ['1.2.0.0/16 (66 thousand addresses)']],
  [['0.0.0.0/1'], ['0.0.0.0/1 (2.1 billion addresses)']],
  [['2001:db8::/32'], ['2001:db8::/32']],
  [['2001:db8::1'], ['2001:db8::1']],
  [['1.2.3.0/25', '1.2.3.128/25'], ['1.2.3.0/24 (256 addresses)']],
  [['db.example.com'], ['"db.example.com" (a name, not judged)']],
  [
    ['a"\nb', '::1'],
    ['::1 (private)', `"a' b" (a name, not judged)`],
  ],
])('%j is told as %j', (ranges, words) => {
  expect(describeRanges(ranges)).toEqual(words);
});

const ones = (end: string) => `${end}:ffff:ffff:ffff:ffff:ffff:ffff:ffff`;

test.each([
  ['9.255.255.255', '10.0.0.0', '10.255.255.255', '11.0.0.0'],
  ['100.63.255.255', '100.64.0.0', '100.127.255.255', '100.128.0.0'],
  ['126.255.255.255', '127.0.0.0', '127.255.255.255', '128.0.0.0'],
  ['169.253.255.255', '169.254.0.0', '169.254.255.255', '169.255.0.0'],
  ['172.15.255.255', '172.16.0.0', '172.31.255.255', '172.32.0.0'],
  ['192.167.255.255', '192.168.0.0', '192.168.255.255', '192.169.0.0'],
  ['::', '::1', '::1', '::2'],
  [ones('fbff'), 'fc00::', ones('fdff'), 'fe00::'],
  [ones('fe7f'), 'fe80::', ones('febf'), 'fec0::'],
])('%s is public, %s to %s are private, %s is public', (before, first, last, after) => {
  const isPrivate = (address: string) => describeRanges([address]).join().endsWith(' (private)');
  expect([before, first, last, after].map(isPrivate)).toEqual([false, true, true, false]);
});

test('where all but a few get in, those few are told', () => {
  const { gained } = admission(['10.0.0.0/8', '192.168.0.0/16'], ['0.0.0.0/0']);
  expect(gained.ranges.length).toBeGreaterThan(20);
  expect(describeRanges(gained.ranges)).toEqual([
    'every address (IPv4) except 10.0.0.0/8 (private) and 192.168.0.0/16 (private)',
  ]);
});
