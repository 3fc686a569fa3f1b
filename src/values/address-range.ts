import { BlockList, isIP } from 'node:net';

/** A range of IP addresses, such as `10.0.0.0/8`. A single address is a range of one. */
interface AddressRange {
  address: string;
  family: 'ipv4' | 'ipv6';
  length: number;
}

const families: Readonly<Record<number, { family: AddressRange['family']; longest: number }>> = {
  4: { family: 'ipv4', longest: 32 },
  6: { family: 'ipv6', longest: 128 },
};

/** Undefined for what is no range of addresses, such as the name of a host. */
function rangeOf(text: string): AddressRange | undefined {
  const [, address = '', digits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? [];
  const kind = families[isIP(address)];
  if (!kind) return undefined;
  const length = digits === undefined ? kind.longest : Number(digits);
  return length <= kind.longest ? { address, family: kind.family, length } : undefined;
}

/** Whether every address of one range is in another. What is no range covers only itself. */
export function covers(outer: string, inner: string): boolean {
  if (outer.trim().toLowerCase() === inner.trim().toLowerCase()) return true;
  const [wide, narrow] = [rangeOf(outer), rangeOf(inner)];
  if (!wide || !narrow || wide.family !== narrow.family || wide.length > narrow.length) return false;
  const list = new BlockList();
  list.addSubnet(wide.address, wide.length, wide.family);
  return list.check(narrow.address, narrow.family);
}

/** The addresses that are in both ranges. A name may stand for any address, so it may be in any range. */
export function sharedRange(one: string, other: string): string | undefined {
  if (covers(one, other)) return other;
  if (covers(other, one)) return one;
  if (rangeOf(one) && rangeOf(other)) return undefined;
  return rangeOf(one) ? other : one;
}
