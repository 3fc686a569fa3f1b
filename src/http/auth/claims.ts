import { type Principal, type Scope, scopes } from '../../define/index.js';
import { sanitizeText } from '../../values/sanitize-text.js';
import type { Claims } from './issuer.js';
import { invalidToken } from './refusals.js';

/** The ids of static tokens begin with this. */
export const staticPrefix = 'token:';

export interface ClaimNames {
  /** The claim that lists a caller's groups. */
  groupsClaim?: string;
  /** The claim that has the same value for all identities of one person. */
  personClaim?: string;
}

/** The principal of an access token. The id comes from the issuer, and the name is only for people to read. */
export function principalFrom(claims: Claims, issuer: string, names: ClaimNames): Principal {
  const { groupsClaim = 'groups', personClaim } = names;
  const person = personClaim === undefined ? undefined : personOf(claims[personClaim]);
  // An issuer has no # in its name, so no other pair of issuer and subject gives the same text.
  const id = `${issuer}#${claims.sub}`;
  return {
    id,
    // A subject that looks like a static token is known to rules by its whole id only.
    ...(claims.sub.startsWith(staticPrefix) && { subject: id }),
    name: nameOf(claims),
    groups: groupsOf(claims, groupsClaim),
    ...(person !== undefined && { person }),
    scopes: scopesOf(claims),
  };
}

/** Addresses of mail are often written in different ways, and mean the same person. Empty values mean nobody. */
export function personOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).normalize('NFKC').trim().toLowerCase().slice(0, longestPerson);
  return text === '' ? undefined : text;
}

const longestPerson = 200;

function nameOf({ preferred_username, email, name, sub }: Claims): string {
  const texts = [preferred_username, email, name, sub].map((each) =>
    typeof each === 'string' ? sanitizeText(each, 99) : '',
  );
  return texts.find(Boolean) ?? 'unnamed';
}

/** Fails instead of leaving out a group, because a rule that denies something to a group must not be missed. */
function groupsOf(claims: Claims, claim: string): readonly string[] {
  const { [claim]: groups, _claim_names: elsewhere } = claims;
  if (typeof elsewhere === 'object' && elsewhere !== null && Object.hasOwn(elsewhere, claim))
    throw invalidToken('The issuer left the groups out of the access token because there are too many of them.');
  if (groups === undefined || groups === null) return [];
  const list: readonly unknown[] = Array.isArray(groups) ? groups : [groups];
  if (list.every((each) => typeof each === 'string')) return list;
  throw invalidToken('The groups in the access token are not a list of texts.');
}

/** The standard has one text with spaces in `scope`. Some issuers write `scp`, as a text or a list. */
function scopesOf({ scope, scp }: Claims): readonly Scope[] {
  const given = [scope, scp].flat().flatMap((each) => (typeof each === 'string' ? each.split(' ') : []));
  return scopes.filter((each) => given.includes(each));
}
