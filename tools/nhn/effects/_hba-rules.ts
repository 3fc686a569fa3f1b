import type { AccessRule, ChangeRule, EffectFacts, RuleChange } from '../../../src/define/index.js';

export type State = Pick<EffectFacts, 'args' | 'seen'>;
type Row = Readonly<Record<string, unknown>>;

/** A rule as the service lists it, or as a call gives it. */
export interface HbaRule {
  id: unknown;
  /** Ids. Absent where it is for all of them. */
  databases?: readonly string[];
  users?: readonly string[];
  address: string;
  method: string;
  /** Whether the record has all that decides. */
  isTold: boolean;
  isIgnored: boolean;
  isNew: boolean;
  /** It was changed since the rules were applied. What it was before is not told. */
  isChanged: boolean;
  /** Its removal is reserved. */
  isLeaving: boolean;
}

/** What the changes of rules are read from. */
export const hbaLooks = {
  rules: { read: 'nhn_list_hba_rules', at: 'hbaRules[]' },
  databases: { read: 'nhn_list_databases', at: 'databases[]' },
  dbUsers: { read: 'nhn_list_db_users', at: 'dbUsers[]' },
} as const;

const methods: Readonly<Record<string, string>> = {
  TRUST: 'without a password',
  SCRAM_SHA_256: 'with a password',
  REJECT: 'rejected',
};

const applyTypes: readonly unknown[] = ['ENTIRE', 'USER_CUSTOM'];

const idsIn = (list: unknown, key: string): string[] =>
  Array.isArray(list) ? list.map((each: Row) => String(each[key])) : [];

/** All rules in the order in which they are tried. */
export const rulesIn = ({ seen }: State): HbaRule[] =>
  (seen['rules']?.records ?? []).toSorted((a, b) => Number(a['order']) - Number(b['order'])).map(ruleOf);

function ruleOf(row: Row): HbaRule {
  const [address, method] = [String(row['address']), String(row['authMethod'])];
  // The newer guide calls the field dbUserApplyTypeCode.
  const [databases, users] = [row['databaseApplyType'], row['dbUserApplyType'] ?? row['dbUserApplyTypeCode']];
  return {
    id: row['hbaRuleId'],
    ...(databases === 'USER_CUSTOM' && { databases: idsIn(row['databases'], 'databaseId') }),
    ...(users === 'USER_CUSTOM' && { users: idsIn(row['dbUsers'], 'dbUserId') }),
    address,
    method,
    isTold:
      method in methods &&
      row['address'] !== undefined &&
      [databases, users].every((each) => applyTypes.includes(each)),
    isIgnored: row['applicable'] === false,
    isNew: row['reservedAction'] === 'CREATE',
    isChanged: row['reservedAction'] === 'MODIFY',
    isLeaving: row['reservedAction'] === 'DELETE',
  };
}

/** A rule that a call makes. */
export const newRule = (rule: Pick<HbaRule, 'id' | 'databases' | 'users' | 'address' | 'method'>): HbaRule => ({
  ...rule,
  isTold: true,
  isIgnored: false,
  isNew: true,
  isChanged: false,
  isLeaving: false,
});

/** The rule that the arguments of a call describe. */
export const ruleGiven = ({ args }: State): HbaRule =>
  newRule({
    id: args['hbaRuleId'],
    ...(args['databaseApplyType'] === 'USER_CUSTOM' && { databases: [args['databaseIds'] ?? []].flat().map(String) }),
    ...(args['dbUserApplyType'] === 'USER_CUSTOM' && { users: [args['dbUserIds'] ?? []].flat().map(String) }),
    address: String(args['address']),
    method: String(args['authMethod']),
  });

/** What a call does to the rules. Without `after`, there is no rule of the id that the call names. */
interface HbaChange {
  before: readonly HbaRule[];
  after?: readonly HbaRule[];
  unknown?: string;
}

/** Two changes: who may log in, under the name of `any`, and who may do so without a password. */
export const hbaChanges = (
  names: { any: string; withoutPassword: string },
  of: (state: State) => HbaChange,
): Readonly<Record<string, ChangeRule>> => ({
  [names.any]: {
    rules: (state) => judged(state, of(state), { letsIn: (method) => method !== 'REJECT', isTold: true }),
  },
  // The rules themselves are told once, by the change before.
  [names.withoutPassword]: {
    rules: (state) => judged(state, of(state), { letsIn: (method) => method === 'TRUST', isTold: false }),
  },
});

interface Judging {
  letsIn: (method: string) => boolean;
  /** Whether the change tells the rules in words. */
  isTold: boolean;
}

function judged(state: State, { before, after, unknown }: HbaChange, { letsIn, isTold }: Judging): RuleChange {
  const standing = (rules: readonly HbaRule[]) =>
    rules
      .filter(({ isLeaving }) => !isLeaving)
      .map(
        (rule): AccessRule => ({
          ...(isTold && { words: wordsOf(rule, state) }),
          // That a host needs a password keeps nobody out of whom it is known that they came without one.
          ...(!rule.isIgnored && (isTold || letsIn(rule.method) || isRange(rule)) && { from: rule.address }),
          admits: letsIn(rule.method),
          only: [limit(rule.databases), limit(rule.users)],
        }),
      );
  const why = state.seen['rules']?.unread ?? unknown ?? untold(before, after);
  return { before: standing(before), after: standing(after ?? before), ...(why !== undefined && { unknown: why }) };
}

const isRange = ({ address }: HbaRule): boolean => address.includes('/');

function untold(before: readonly HbaRule[], after?: readonly HbaRule[]): string | undefined {
  if (!after) return 'there is no such access rule';
  return [...before, ...after].every(({ isTold }) => isTold) ? undefined : 'the answer does not tell all of a rule';
}

/** No database and no user has an empty name: a rule for nobody fits nobody. */
const limit = (ids?: readonly string[]): readonly string[] => (ids?.length === 0 ? [''] : (ids ?? []));

function wordsOf({ databases, users, address, method, isIgnored }: HbaRule, { seen }: State): string {
  const scope = [
    scopeOf('database', databases, seen['databases']?.records),
    scopeOf('dbUser', users, seen['dbUsers']?.records),
    ...(isIgnored ? ['ignored'] : []),
  ];
  return `${address} ${methods[method] ?? method} (${scope.join(', ')})`;
}

/** The names of what a rule is for, or the ids where the names are not known. */
function scopeOf(
  kind: 'database' | 'dbUser',
  ids: readonly string[] | undefined,
  records: readonly Row[] = [],
): string {
  const word = kind === 'database' ? 'database' : 'user';
  if (!ids) return `every ${word}`;
  const names = ids.map((id) => {
    const name = records.find((each) => each[`${kind}Id`] === id)?.[`${kind}Name`];
    return typeof name === 'string' ? name : id;
  });
  return `${word} ${names.join(' and ') || 'none'}`;
}
