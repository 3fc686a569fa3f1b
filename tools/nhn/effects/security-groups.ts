import type { AccessRule, Effect, EffectFacts, RuleChange } from '../../../src/define/index.js';

type State = Pick<EffectFacts, 'args' | 'seen'>;
type Row = Readonly<Record<string, unknown>>;

const looks = { group: { read: 'nhn_get_db_security_group', at: ['dbSecurityGroup', ''] } } as const;

const oldRule = {
  read: 'nhn_get_db_security_group',
  at: ['dbSecurityGroup.rules[]', 'rules[]'],
} as const;

const rulesIn = ({ seen }: State): Row[] => {
  const rules = seen['group']?.records[0]?.['rules'];
  return Array.isArray(rules) ? (rules as Row[]) : [];
};

function portOf(rule: Row): string {
  const { portType, minPort, maxPort } = (rule['port'] ?? {}) as Row;
  if (portType === 'DB_PORT') return 'the database port';
  return minPort === maxPort ? `port ${String(minPort)}` : `ports ${String(minPort)} to ${String(maxPort)}`;
}

/** Rules for other ports let in others. A rule for traffic from the instance lets in nobody. */
function accessRule(rule: Row): AccessRule {
  const [cidr, port] = [String(rule['cidr']), portOf(rule)];
  if (rule['direction'] === 'EGRESS') return { words: `out to ${cidr} on ${port}`, admits: false };
  return { words: `${cidr} to ${port}`, from: cidr, admits: true, only: [[port]] };
}

/** The rules after a call. Undefined where there is no such rule. */
const rulesThen = (then: (rules: readonly Row[], args: Row) => readonly Row[] | undefined) => ({
  rules: (state: State): RuleChange => {
    const before = rulesIn(state);
    const after = then(before, state.args);
    const unknown = state.seen['group']?.unread ?? (after ? undefined : 'the group has no such rule') ?? untold(before);
    return {
      before: before.map(accessRule),
      after: (after ?? before).map(accessRule),
      ...(unknown !== undefined && { unknown }),
    };
  },
});

/** A rule without its range or port would be judged as another one. */
const untold = (rules: readonly Row[]): string | undefined =>
  rules.every(({ cidr, port, direction }) => cidr !== undefined && port !== undefined && direction !== undefined)
    ? undefined
    : 'the answer does not tell all of a rule';

const isSame = (one: Row, other: Row): boolean => accessRule(one).words === accessRule(other).words;

const told = {
  direction: { partOf: 'rules' },
  etherType: { partOf: 'rules' },
  cidr: { partOf: 'rules' },
  port: { partOf: 'rules' },
} as const;

/** Whether it is certain that the rules change, and that nobody else gets in, or nobody is kept out. */
const isNobody =
  (side: 'gained' | 'lost') =>
  ({ changes }: EffectFacts): boolean => {
    const admits = changes.find(({ field }) => field === 'rules')?.admits;
    return admits !== undefined && admits[side].ranges.length + admits[side].unjudged.length === 0;
  };

const isBusy = {
  if: {
    is: { 'group.progressStatus': ['CREATING_RULE', 'UPDATING_RULE', 'DELETING_RULE', 'APPLYING_DEFAULT_RULE'] },
  },
  because: 'The group takes one rule change at a time, and one is under way ({group.progressStatus}).',
  instead: 'Call it again when nhn_get_db_security_group shows the progressStatus NONE.',
} as const;

const wide = 'That is a wide range of public addresses.';

export const createDbSecurityGroup: Effect = {
  makes: 'dbSecurityGroupName',
  changes: {
    dbSecurityGroupName: { derived: () => null },
    description: { derived: () => null },
    rules: {
      rules: ({ args }) => ({ before: [], after: [args['rules'] ?? []].flat().map((rule) => accessRule(rule as Row)) }),
    },
  },
  dangers: [
    {
      if: { given: 'dbSecurityGroupName' },
      risk: 'exposing',
      warning: 'Its rules let in {gained.rules} to every instance that gets the group; none has it yet.',
      undo: 'nhn_delete_db_security_group removes it.',
    },
    { if: { admitsWide: 'rules' }, risk: 'exposing', warning: wide, undo: 'nhn_delete_db_security_group removes it.' },
    {
      if: { when: { 'rules[].direction': 'EGRESS' } },
      risk: 'exposing',
      warning: 'Instances that get the group can open connections to others, so that data can leave that way.',
      undo: 'nhn_delete_db_security_group removes it.',
    },
  ],
};

const madeAgain = 'Create the group and its rules again, as they are shown here, and attach it to its instances.';

export const deleteDbSecurityGroup: Effect = {
  looks,
  dangers: [
    {
      if: { given: 'dbSecurityGroupId' },
      risk: 'destructive',
      warning:
        'The group {group.dbSecurityGroupName} and its rules are gone; clients that came in through them can no ' +
        'longer connect.',
      undo: madeAgain,
    },
  ],
};

const closes = 'nhn_delete_db_security_group_rules closes it again.';

export const createDbSecurityGroupRule: Effect = {
  looks,
  changes: {
    ...told,
    description: { partOf: 'rules' },
    // A rule that is there already adds nothing.
    rules: rulesThen((rules, args) => (rules.some((rule) => isSame(rule, args)) ? rules : [...rules, args])),
  },
  dangers: [
    {
      if: { admits: 'rules' },
      risk: 'exposing',
      warning: 'Addresses of {cidr} get through to every instance that has this group.',
      undo: closes,
    },
    {
      if: { all: [{ when: { direction: 'INGRESS' } }, { test: isNobody('gained') }] },
      risk: 'exposing',
      warning: 'Addresses of {cidr} get one more rule; other rules of the group let them in already.',
      undo: closes,
    },
    { if: { admitsWide: 'rules' }, risk: 'exposing', warning: wide, undo: closes },
    {
      if: { when: { direction: 'EGRESS' } },
      risk: 'exposing',
      warning: 'Instances that have this group can open connections to {cidr}, so that data can leave that way.',
      undo: closes,
    },
  ],
  impossible: [isBusy],
};

const sentAgain = 'Send the old rule again: {rule.direction} {rule.cidr}, {rule.port.portType}.';

export const modifyDbSecurityGroupRule: Effect = {
  looks: { ...looks, rule: { ...oldRule, where: { ruleId: '{ruleId}' } } },
  changes: {
    ...told,
    description: { value: 'rule.description', whole: true },
    rules: rulesThen((rules, args) =>
      rules.some(({ ruleId }) => ruleId === args['ruleId'])
        ? rules.map((rule) => (rule['ruleId'] === args['ruleId'] ? args : rule))
        : undefined,
    ),
  },
  dangers: [
    {
      if: { admits: 'rules' },
      risk: 'exposing',
      warning:
        'Addresses of {gained.rules} get through to every instance that has this group, which its rules keep out now.',
      undo: sentAgain,
    },
    { if: { admitsWide: 'rules' }, risk: 'exposing', warning: wide, undo: sentAgain },
    {
      if: { all: [{ changes: 'rules' }, { when: { direction: 'EGRESS' } }] },
      risk: 'exposing',
      warning: 'Instances that have this group can open connections to {cidr}, so that data can leave that way.',
      undo: sentAgain,
    },
    {
      if: { excludes: 'rules' },
      risk: 'disruptive',
      warning: 'Addresses of {lost.rules} no longer get through to the instances that have this group.',
      undo: sentAgain,
    },
    {
      if: {
        all: [{ when: { direction: 'INGRESS' } }, { test: isNobody('gained') }, { test: isNobody('lost') }],
      },
      risk: 'exposing',
      warning: 'The rule is another one; with the other rules of the group, that lets in nobody else.',
      undo: sentAgain,
    },
  ],
  impossible: [isBusy],
};

const addedAgain = 'Add them again with nhn_create_db_security_group_rule: {removed.rules}.';

export const deleteDbSecurityGroupRules: Effect = {
  looks,
  changes: {
    rules: rulesThen((rules, args) => {
      const ids: unknown[] = [args['ruleIds'] ?? []].flat();
      const isThere = (id: unknown) => rules.some(({ ruleId }) => ruleId === id);
      return ids.every(isThere) ? rules.filter(({ ruleId }) => !ids.includes(ruleId)) : undefined;
    }),
  },
  dangers: [
    {
      if: { excludes: 'rules' },
      risk: 'destructive',
      warning: 'Addresses of {lost.rules} no longer get through to the instances that have this group.',
      undo: addedAgain,
    },
    {
      if: { test: isNobody('lost') },
      risk: 'destructive',
      warning: 'The rules are gone; the rules that remain let in the same addresses.',
      undo: addedAgain,
    },
  ],
  impossible: [isBusy],
};
