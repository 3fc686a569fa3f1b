import ipaddr from 'ipaddr.js';

/** The two kinds of IP addresses that exist beside each other. */
export type AddressFamily = 'ipv4' | 'ipv6';

/** Addresses side by side, from the first to the last, each as a number. */
export interface AddressInterval {
  family: AddressFamily;
  first: bigint;
  last: bigint;
}

/** How many bits an address of a family has. */
export const addressBits: Readonly<Record<AddressFamily, number>> = { ipv4: 32, ipv6: 128 };

/** Every address of a family. */
export const wholeOf = (family: AddressFamily): AddressInterval => ({
  family,
  first: 0n,
  last: (1n << BigInt(addressBits[family])) - 1n,
});

/** More than an IPv6 address with its mask needs. A longer text is not looked at. */
const longestText = 100;

/**
 * The addresses that a text stands for, which are none where it is a name or no range. Bits of the host, spaces, a mask
 * instead of a length and the word `all` of pg_hba are taken as PostgreSQL takes them. Which addresses `samehost` and
 * `samenet` mean is known only to the server that reads them, so they are names here.
 */
export function intervalsOf(text: string): readonly AddressInterval[] {
  const trimmed = text.trim();
  if (trimmed.length > longestText) return [];
  if (trimmed.toLowerCase() === 'all') return [wholeOf('ipv4'), wholeOf('ipv6')];
  const [, start = '', size, mask = size] = /^([^\s/]+)(?:\s*\/\s*([^\s/]+)|\s+([^\s/]+))?$/.exec(trimmed) ?? [];
  const address = addressOf(start);
  if (!address) return [];
  const length = size && /^\d{1,3}$/.test(size) ? Number(size) : lengthOf(mask, address.kind());
  return length !== undefined && length <= addressBits[address.kind()] ? [intervalFrom(address, length)] : [];
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** The library also takes octal and hexadecimal parts, which others read differently, and zones. They are left out. */
function addressOf(text: string): Address | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  const plain = withoutDots(text);
  return /^[\da-f:]+$/i.test(plain) && ipaddr.IPv6.isValid(plain) ? ipaddr.IPv6.parse(plain) : undefined;
}

/** The library takes `::1.2.3.4` for a mapped address, which only `::ffff:1.2.3.4` is, so the end is rewritten. */
function withoutDots(text: string): string {
  const [, start = '', end = ''] = /^(.*:)([\d.]+)$/.exec(text) ?? [];
  if (!ipaddr.IPv4.isValidFourPartDecimal(end)) return text;
  const number = numberOf(ipaddr.IPv4.parse(end));
  return `${start}${(number >> 16n).toString(16)}:${(number & 0xffffn).toString(16)}`;
}

/** The length that a mask stands for. Without a mask it is a single address. */
function lengthOf(mask: string | undefined, family: AddressFamily): number | undefined {
  if (mask === undefined) return addressBits[family];
  const address = addressOf(mask);
  return address?.kind() === family ? (address.prefixLengthFromSubnetMask() ?? undefined) : undefined;
}

const numberOf = (address: Address): bigint =>
  address.toByteArray().reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);

/** The IPv6 addresses that stand for IPv4 addresses, `::ffff:0.0.0.0/96`. */
export const mappedAddresses: AddressInterval = { family: 'ipv6', first: 0xffff_0000_0000n, last: 0xffff_ffff_ffffn };

function intervalFrom(address: Address, length: number): AddressInterval {
  const family = address.kind();
  const hostBits = BigInt(addressBits[family] - length);
  const first = (numberOf(address) >> hostBits) << hostBits;
  const interval = { family, first, last: first + (1n << hostBits) - 1n };
  if (!isInside(interval, mappedAddresses)) return interval;
  return { family: 'ipv4', first: first - mappedAddresses.first, last: interval.last - mappedAddresses.first };
}

/** Whether every address of one interval is in another. */
export const isInside = (inner: AddressInterval, outer: AddressInterval): boolean =>
  inner.family === outer.family && outer.first <= inner.first && inner.last <= outer.last;

/** Whether two texts are the same range or name, letter for letter, but for capitals and spaces around them. */
export const isSameRange = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();

/** Whether every address of one range is in another. What is no range covers only itself. */
export function covers(outer: string, inner: string): boolean {
  if (isSameRange(outer, inner)) return true;
  const [wide, narrow] = [intervalsOf(outer), intervalsOf(inner)];
  return narrow.length > 0 && narrow.every((part) => wide.some((whole) => isInside(part, whole)));
}

/** The addresses that are in both ranges. A name may stand for any address, so it may be in any range. */
export function sharedRange(one: string, other: string): string | undefined {
  if (covers(one, other)) return other;
  if (covers(other, one)) return one;
  const isRange = intervalsOf(one).length > 0;
  if (isRange && intervalsOf(other).length > 0) return undefined;
  return isRange ? other : one;
}

/** Whether the range includes every address of IPv4 or of IPv6. */
export const isEverywhere = (range: string): boolean =>
  intervalsOf(range).some((interval) => isInside(wholeOf(interval.family), interval));

/**
 * Whether an address is one of the internet, and nothing else: neither of a private network, of this machine, of its
 * link or of many receivers, nor one that stands for another address.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  const isOfInternet = address.kind() === 'ipv4' || covers('2000::/3', address.toString());
  return isOfInternet && address.range() === 'unicast';
}

/** The one spelling of an address, without the port that some proxies write behind it. What is none stays as it is. */
export function spelledAddress(text: string): string {
  const [, bracketed, dotted] = /^\[([^\]]+)\](?::\d+)?$|^([\d.]+):\d+$/.exec(text) ?? [];
  const bare = bracketed ?? dotted ?? text;
  const address = addressOf(bare);
  return address ? ipaddr.process(address.toString()).toString() : bare;
}

/** Whether every address of the range is this machine. */
export const isLoopbackRange = (range: string): boolean => covers('127.0.0.0/8', range) || covers('::1/128', range);
