import { covers, sharedRange } from '../../../values/address-range.js';
import { openToAll } from '../../../values/admission.js';
import { textAt, textsAt, valueAt } from '../../../values/json-path.js';
import { type Values } from '../../../values/values.js';
import type { Exposure, ProviderObservations } from '../../instance.js';
import { flagAt, listAt, numberAt } from '../answers.js';

/** A rule of a security group that lets addresses reach the database. */
export interface Opening {
  address: string;
  /** The name of the group. */
  group?: string;
  rule?: Exposure['rule'];
}

/** A live rule of pg_hba. */
export interface AccessRule {
  id: string;
  address: string;
  method: string;
  databases: Scope;
  users: Scope;
}

/** Ids, or everything. */
type Scope = readonly string[] | 'ENTIRE';

const sources = { group: 'dbSecurityGroup.rules[].cidr', rule: 'hbaRules[].address' };

/** In the example, the answer has the group inside another object. In the table it does not. */
export function openingsOf(answer: Values, port: number | undefined): Opening[] {
  const group = valueAt(answer, 'dbSecurityGroup') ?? answer;
  return listAt(group, 'rules')
    .filter((rule) => textAt(rule, 'direction') !== 'EGRESS' && isForPort(rule, port))
    .map((rule) => ({
      address: textAt(rule, 'cidr') ?? '',
      group: textAt(group, 'dbSecurityGroupName'),
      rule: ruleOf(textAt(rule, 'ruleId'), textAt(group, 'dbSecurityGroupId')),
    }));
}

const ruleOf = (id: string | undefined, group: string | undefined): Exposure['rule'] =>
  id && group ? { id, group } : undefined;

/** A rule for another port than that of the database does not open the database. */
function isForPort(rule: Values, port: number | undefined): boolean {
  if (port === undefined || textAt(rule, 'port.portType') === 'DB_PORT') return true;
  return port >= (numberAt(rule, 'port.minPort') ?? 0) && port <= (numberAt(rule, 'port.maxPort') ?? port);
}

/** The rules that the engine reads now, in its order. */
export const accessRulesOf = (answer: Values): AccessRule[] =>
  listAt(answer, 'hbaRules')
    .filter((rule) => flagAt(rule, 'applicable') !== false && textAt(rule, 'hbaRuleStatus') !== 'CREATED')
    .toSorted((a, b) => (numberAt(a, 'order') ?? 0) - (numberAt(b, 'order') ?? 0))
    .map((rule) => ({
      id: textAt(rule, 'hbaRuleId') ?? '',
      address: textAt(rule, 'address') ?? 'none given',
      method: textAt(rule, 'authMethod') ?? 'none given',
      databases: scopeOf(rule, 'databaseApplyType', 'databases[].databaseId'),
      users: scopeOf(rule, 'dbUserApplyType', 'dbUsers[].dbUserId'),
    }));

const scopeOf = (rule: Values, kind: string, ids: string): Scope =>
  textAt(rule, kind) === 'USER_CUSTOM' ? textsAt(rule, ids) : 'ENTIRE';

interface Shadowed {
  rule: AccessRule;
  /** The rule before it, which decides about all that it is about. */
  behind: AccessRule;
}

/** The first rule that matches decides, so a rule behind a wider one is never asked. */
export const shadowedRules = (rules: readonly AccessRule[]): Shadowed[] =>
  rules.flatMap((rule, index) => {
    const behind = rules.slice(0, index).find((earlier) => decidesFor(earlier, rule));
    return behind ? [{ rule, behind }] : [];
  });

const decidesFor = (earlier: AccessRule, later: AccessRule): boolean =>
  covers(earlier.address, later.address) &&
  isWithin(later.databases, earlier.databases) &&
  isWithin(later.users, earlier.users);

const isWithin = (inner: Scope, outer: Scope): boolean =>
  outer === 'ENTIRE' || (inner !== 'ENTIRE' && inner.every((id) => outer.includes(id)));

type Access = Pick<ProviderObservations, 'exposures' | 'closed' | 'rulesWithoutEffect'>;

/** Who gets in by two locks, which both have to let an address pass. A lock that was not read is undefined. */
export function accessOf(openings: readonly Opening[] | undefined, rules: readonly AccessRule[] | undefined): Access {
  const wide = openings && widest(openings);
  if (!rules) return { exposures: wide?.map(groupExposure) };
  const shadowed = shadowedRules(rules);
  const accepting = rules.filter((rule) => rule.method !== 'REJECT' && !shadowed.some((each) => each.rule === rule));
  const rulesWithoutEffect = shadowed.map(withoutEffect);
  if (!openings || !wide)
    return {
      exposures: ruleExposures(accepting.map((rule) => ({ rule, addresses: [rule.address] }))),
      rulesWithoutEffect,
    };
  const passed = accepting.map((rule) => ({ rule, addresses: addressesOf(rule, openings) }));
  const all = passed.flatMap(({ addresses }) => addresses);
  const isOpen = all.some(openToAll(all));
  return {
    exposures: [...(isOpen ? wide.map(groupExposure) : []), ...ruleExposures(passed)],
    closed: passed.every(({ addresses }) => addresses.length === 0) ? locksOf(openings, accepting) : undefined,
    rulesWithoutEffect,
  };
}

const addressesOf = ({ address }: AccessRule, openings: readonly Opening[]): string[] => [
  ...new Set(openings.flatMap((opening) => sharedRange(address, opening.address) ?? [])),
];

function widest(openings: readonly Opening[]): Opening[] {
  const isOpen = openToAll(openings.map(({ address }) => address));
  return openings.filter(({ address }) => isOpen(address));
}

const groupExposure = ({ address, group, rule }: Opening): Exposure => ({
  kind: 'security group',
  address,
  detail: group,
  rule,
  source: sources.group,
});

/** A rule, and what of its addresses the other lock lets pass. */
interface Passed {
  rule: AccessRule;
  addresses: readonly string[];
}

function ruleExposures(passed: readonly Passed[]): Exposure[] {
  const isOpen = openToAll(passed.flatMap(({ addresses }) => addresses));
  return passed.flatMap(({ rule: { method }, addresses }) => {
    const withoutPassword = method === 'TRUST';
    return addresses
      .filter((address) => withoutPassword || isOpen(address))
      .map((address) => ({ kind: 'access rule', address, detail: method, withoutPassword, source: sources.rule }));
  });
}

const locksOf = (openings: readonly Opening[], rules: readonly AccessRule[]) => [
  { source: sources.group, lets: openings.map(({ address }) => address) },
  { source: sources.rule, lets: rules.map(({ address }) => address) },
];

const withoutEffect = ({ rule, behind }: Shadowed) => ({
  source: `hbaRules ${rule.id}`,
  rule: `${rule.address} ${rule.method}`,
  behind: `${behind.address} ${behind.method}`,
  isOpposite: (rule.method === 'REJECT') !== (behind.method === 'REJECT'),
});
