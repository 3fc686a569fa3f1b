import ipaddr from 'ipaddr.js';
import {
  type AddressFamily,
  type AddressInterval,
  addressBits,
  covers,
  intervalsOf,
  isEverywhere,
  isInside,
  isSameRange,
  mappedAddresses,
  wholeOf,
} from './address-range.js';
import { sanitizeWords } from './sanitize-text.js';

/** Ranges in their shortest form, IPv4 first, and what is no range, such as the name of a host. */
export interface AddressList {
  ranges: readonly string[];
  /** Whom these let in cannot be judged. */
  unjudged: readonly string[];
}

/** What a change of ranges does to who gets in. */
export interface Admission {
  /** Who gets in and did not before. */
  gained: AddressList;
  /** Who got in before and no longer does. */
  lost: AddressList;
  /** Whether somebody new is among more public addresses than one network has. */
  isWide: boolean;
}

/**
 * Addresses that nobody has on the internet: of private networks, of the machine itself and of its link, and those that
 * a carrier shares among its customers (100.64.0.0/10), which no other network routes. Any other address is public.
 */
const privateAddresses: readonly AddressInterval[] = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
].flatMap(intervalsOf);

/** The most public addresses side by side that are not wide: those of a /24, and of a /48. */
const networkSize: Readonly<Record<AddressFamily, bigint>> = { ipv4: 1n << 8n, ipv6: 1n << 80n };

/** Who gets in by the ranges after a change that did not before, and who no longer does. */
export function admission(before: readonly string[], after: readonly string[]): Admission {
  const old = joined(before.flatMap(intervalsOf));
  const now = joined(after.flatMap(intervalsOf));
  const gained = without(now, old);
  return {
    gained: { ranges: gained.flatMap(blocksOf), unjudged: namesMissing(after, before) },
    lost: { ranges: without(old, now).flatMap(blocksOf), unjudged: namesMissing(before, after) },
    // What got in before counts too, so that a wide range is wide also when it is opened piece by piece.
    isWide: without(now, privateAddresses).some((part) => isLarge(part) && gained.some((each) => meets(each, part))),
  };
}

/**
 * Tells which of some ranges let in everybody: each that has every address of its family, or else those of a family
 * that have every address only together, such as 0.0.0.0/1 with 128.0.0.0/1. A range within another adds nothing.
 */
export function openToAll(ranges: readonly string[]): (range: string) => boolean {
  if (ranges.some(isEverywhere)) return isEverywhere;
  const whole = joined(ranges.flatMap(intervalsOf)).filter((each) => isInside(wholeOf(each.family), each));
  const isWithin = (range: string, other: string) => covers(other, range) && !covers(range, other);
  return (range) =>
    intervalsOf(range).some(({ family }) => whole.some((each) => each.family === family)) &&
    !ranges.some((other) => isWithin(range, other));
}

/** IPv4 addresses written as IPv6 are as many as there are, however few they are among those of IPv6. */
const isLarge = (interval: AddressInterval): boolean =>
  interval.last - interval.first >= networkSize[interval.family] || isInside(mappedAddresses, interval);

const namesMissing = (names: readonly string[], others: readonly string[]): string[] =>
  names
    .filter((name) => intervalsOf(name).length === 0 && !others.some((other) => isSameRange(name, other)))
    .filter((name, index, all) => all.findIndex((other) => isSameRange(name, other)) === index);

const meets = (one: AddressInterval, other: AddressInterval): boolean =>
  one.family === other.family && one.first <= other.last && other.first <= one.last;

/** The same addresses in as few intervals as there can be, in order. */
function joined(intervals: readonly AddressInterval[]): AddressInterval[] {
  const result: AddressInterval[] = [];
  for (const next of intervals.toSorted(inOrder)) {
    const previous = result.at(-1);
    if (previous?.family !== next.family || previous.last + 1n < next.first) result.push({ ...next });
    else if (previous.last < next.last) previous.last = next.last;
  }
  return result;
}

const inOrder = (one: AddressInterval, other: AddressInterval): number => {
  if (one.family !== other.family) return one.family === 'ipv4' ? -1 : 1;
  return Number(one.first > other.first) - Number(one.first < other.first);
};

/** What is left of intervals when the addresses of others are taken away. */
const without = (intervals: readonly AddressInterval[], others: readonly AddressInterval[]): AddressInterval[] =>
  intervals.flatMap((interval) =>
    others
      .filter((other) => meets(interval, other))
      .reduce((left, other) => left.flatMap((part) => cut(part, other)), [interval]),
  );

function cut(part: AddressInterval, hole: AddressInterval): AddressInterval[] {
  if (!meets(part, hole)) return [part];
  return [
    { ...part, last: hole.first - 1n },
    { ...part, first: hole.last + 1n },
  ].filter(({ first, last }) => first <= last);
}

/** The fewest ranges that together are the interval. */
function blocksOf({ family, first, last }: AddressInterval): string[] {
  const blocks: string[] = [];
  for (let start = first; start <= last; ) {
    let hostBits = 0n;
    while (start % (2n << hostBits) === 0n && start + (2n << hostBits) - 1n <= last) hostBits += 1n;
    blocks.push(`${addressText(family, start)}/${addressBits[family] - Number(hostBits)}`);
    start += 1n << hostBits;
  }
  return blocks;
}

function addressText(family: AddressFamily, number: bigint): string {
  const digits = number.toString(16).padStart(addressBits[family] / 4, '0');
  return ipaddr.fromByteArray([...Buffer.from(digits, 'hex')]).toString();
}

/**
 * Ranges in words, such as `10.0.0.0/8 (private)`, joined where they lie side by side. Where they are all addresses but
 * a few, those few are told.
 */
export const describeRanges = (ranges: readonly string[]): string[] => {
  const intervals = joined(ranges.flatMap(intervalsOf));
  const names = namesMissing(ranges, []).map((name) => `"${sanitizeWords(name)}" (a name, not judged)`);
  return [...describeFamily('ipv4', intervals), ...describeFamily('ipv6', intervals), ...names];
};

function describeFamily(family: AddressFamily, intervals: readonly AddressInterval[]): string[] {
  const everyone = `every address (${family === 'ipv4' ? 'IPv4' : 'IPv6'})`;
  const blocks = intervals.filter((interval) => interval.family === family).flatMap(blocksOf);
  const missing = without([wholeOf(family)], intervals).flatMap(blocksOf);
  if (missing.length === 0) return [everyone];
  if (missing.length < blocks.length) return [`${everyone} except ${missing.map(describeBlock).join(' and ')}`];
  return blocks.map(describeBlock);
}

function describeBlock(block: string): string {
  const [interval] = intervalsOf(block);
  if (!interval) return block;
  const count = interval.last - interval.first + 1n;
  const shown = count === 1n ? block.replace(/\/\d+$/, '') : block;
  if (privateAddresses.some((each) => isInside(interval, each))) return `${shown} (private)`;
  return count === 1n || interval.family === 'ipv6' ? shown : `${shown} (${inWords(count)} addresses)`;
}

const inWords = (count: bigint): string => count.toLocaleString('en', { notation: 'compact', compactDisplay: 'long' });
