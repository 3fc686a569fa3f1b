import type { AccessSettings } from '../../inspect/database-connection.js';
import { intervalsOf } from '../../values/address-range.js';
import { isRecord } from '../../values/values.js';
import type { ConfigFile } from '../sources.js';

/** What stands in `inspect` of the file: from where looks come, by which logins that pgfleet makes get in. */
export function readAccess(file: ConfigFile, faults: string[]): AccessSettings | undefined {
  const { inspect } = file.values;
  if (inspect === undefined) return undefined;
  const where = `inspect in ${file.path}`;
  if (!isRecord(inspect)) {
    faults.push(`${where} has to be an object with an address.`);
    return undefined;
  }
  const { address, tls, ...others } = inspect;
  for (const name of Object.keys(others)) faults.push(`${name} of ${where} is not known. Known are: address, tls.`);
  const isTls = tls === undefined || tls === 'verify' || tls === 'off';
  if (!isTls) faults.push(`tls of ${where} has to be verify or off.`);
  if (typeof address === 'string' && isOneAddress(address)) return { address, ...(isTls && tls && { tls }) };
  faults.push(`address of ${where} has to be one address, such as 203.0.113.7/32 or 2001:db8::7/128.`);
  return undefined;
}

/** A wider range would let in more than the operator. */
function isOneAddress(text: string): boolean {
  if (!/\/(?:32|128)$/.test(text)) return false;
  const [interval, ...others] = intervalsOf(text);
  return interval !== undefined && others.length === 0 && interval.first === interval.last;
}
