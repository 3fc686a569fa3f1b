import type { Effect, EffectFacts, PossibleDanger } from '../../../src/define/index.js';
import { type HbaRule, hbaChanges, hbaLooks, ruleGiven, rulesIn, type State } from './_hba-rules.js';

/** The rules after a call. Undefined where there is no rule of the id that it names. */
type Then = (rules: readonly HbaRule[], state: State) => HbaRule[] | undefined;

const names = { any: 'accessRules', withoutPassword: 'withoutPassword' };

const rulesThen = (then: Then) =>
  hbaChanges(names, (state) => ({ before: rulesIn(state), after: then(rulesIn(state), state) }));

/** The rule of a call is told as one of all the rules. */
const told = {
  databaseApplyType: { partOf: 'accessRules' },
  dbUserApplyType: { partOf: 'accessRules' },
  databaseIds: { partOf: 'accessRules' },
  dbUserIds: { partOf: 'accessRules' },
  address: { partOf: 'accessRules' },
  authMethod: { partOf: 'accessRules' },
} as const;

const wide = 'That is a wide range, or a name of which nobody can say who has it.';

/** Somebody may log in who may not by the rules before. */
const lettingIn = (undo: string): readonly PossibleDanger[] => [
  {
    if: { admits: 'accessRules' },
    risk: 'exposing',
    warning: 'Once applied, logins get in from {gained.accessRules}, which the rules keep out now.',
    undo,
  },
  { if: { admitsWide: 'accessRules' }, risk: 'exposing', warning: wide, undo },
  {
    if: { admits: 'withoutPassword' },
    risk: 'exposing',
    warning: 'Once applied, logins from {gained.withoutPassword} get in without a password.',
    undo,
  },
];

/** Somebody may no longer log in. */
const keepingOut = (undo: string): readonly PossibleDanger[] => [
  {
    if: { excludes: 'accessRules' },
    risk: 'disruptive',
    warning: 'Once applied, logins from {lost.accessRules} are rejected, which get in now.',
    undo,
  },
  {
    if: { all: [{ excludes: 'withoutPassword' }, { not: { excludes: 'accessRules' } }] },
    risk: 'disruptive',
    warning: 'Once applied, logins from {lost.withoutPassword} need a password, and fail without one.',
    undo,
  },
];

/** A rule that rejects decides about somebody about whom no rule decides yet, and so none that is added behind it. */
const rejecting = (undo: string): PossibleDanger => ({
  if: {
    all: [
      { when: { authMethod: 'REJECT' } },
      { not: { excludes: 'accessRules' } },
      { test: ({ changes }) => isAny(admitsOf(changes)?.decided) },
    ],
  },
  risk: 'disruptive',
  warning: 'Once applied, logins from {address} are rejected, also where a rule behind this one lets them in.',
  undo,
});

const admitsOf = (changes: EffectFacts['changes']) => changes.find(({ field }) => field === 'accessRules')?.admits;

/** Whether there is anybody among them. Undefined when that is not known. */
const isAny = (who: { ranges: readonly string[]; unjudged: readonly string[] } | undefined): boolean | undefined =>
  who && who.ranges.length + who.unjudged.length > 0;

const removed = 'nhn_delete_hba_rule, then nhn_apply_hba_rules.';

export const createHbaRule: Effect = {
  looks: hbaLooks,
  changes: { ...told, ...rulesThen((rules, state) => [...rules, ruleGiven(state)]) },
  dangers: [...lettingIn(removed), ...keepingOut(removed), rejecting(removed)],
};

const former = 'Send the old rule again ({rule.authMethod} for {rule.address}), then nhn_apply_hba_rules.';

export const modifyHbaRule: Effect = {
  looks: {
    ...hbaLooks,
    rule: { read: 'nhn_list_hba_rules', at: 'hbaRules[]', where: { hbaRuleId: '{hbaRuleId}' } },
  },
  changes: {
    ...told,
    ...rulesThen((rules, state) => {
      const { hbaRuleId } = state.args;
      if (!rules.some(({ id }) => id === hbaRuleId)) return undefined;
      return rules.map((rule) => (rule.id === hbaRuleId ? ruleGiven(state) : rule));
    }),
  },
  dangers: [...lettingIn(former), ...keepingOut(former), rejecting(former)],
};

const addedAgain = 'Add it again with nhn_create_hba_rule, and put it in its place with nhn_reorder_hba_rules.';

export const deleteHbaRule: Effect = {
  looks: hbaLooks,
  changes: rulesThen((rules, { args: { hbaRuleId } }) =>
    rules.some(({ id }) => id === hbaRuleId) ? rules.filter(({ id }) => id !== hbaRuleId) : undefined,
  ),
  dangers: [
    {
      if: { excludes: 'accessRules' },
      risk: 'destructive',
      warning: 'Once applied, the rule is gone, and no rule that remains lets in logins from {lost.accessRules}.',
      undo: addedAgain,
    },
    {
      if: { test: ({ changes }) => isAny(admitsOf(changes)?.lost) === false },
      risk: 'destructive',
      warning: 'Once applied, the rule is gone; the rules that remain lock out nobody who gets in now.',
      undo: addedAgain,
    },
    ...lettingIn(addedAgain),
  ],
};

const formerOrder = 'Send the old order, then nhn_apply_hba_rules.';

const wantedOrder = ({ args: { hbaRuleIds } }: State): readonly unknown[] =>
  Array.isArray(hbaRuleIds) ? hbaRuleIds : [];

export const reorderHbaRules: Effect = {
  looks: hbaLooks,
  changes: {
    hbaRuleIds: { partOf: 'accessRules' },
    ...rulesThen((rules, state) => {
      const wanted = wantedOrder(state);
      if (rules.some(({ id }) => id === undefined)) return undefined;
      return [
        ...wanted.flatMap((each) => rules.find(({ id }) => id === each) ?? []),
        ...rules.filter(({ id }) => !wanted.includes(id)),
      ];
    }),
  },
  dangers: [
    ...lettingIn(formerOrder),
    ...keepingOut(formerOrder),
    {
      if: {
        test: ({ changes }) => {
          const admits = admitsOf(changes);
          return isAny(admits?.gained) === false && isAny(admits?.lost) === false;
        },
      },
      risk: 'exposing',
      warning:
        'Once applied, the rules are tried in another order. As they are now, nobody else gets in or is kept out.',
      undo: formerOrder,
    },
  ],
  impossible: [
    {
      if: {
        test: (state) => {
          if (state.seen['rules']?.unread !== undefined) return undefined;
          const wanted = new Set(wantedOrder(state));
          const rules = rulesIn(state);
          if (rules.some(({ id }) => id === undefined)) return undefined;
          return wanted.size !== rules.length || !rules.every(({ id }) => wanted.has(id));
        },
      },
      because: 'The order does not name each access rule of the instance once.',
      instead: 'nhn_list_hba_rules shows the ids of all of them, and all have to be sent.',
    },
  ],
};

const changedBack = 'Change the rules back and apply them again.';

export const applyHbaRules: Effect = {
  looks: { ...hbaLooks, now: { read: 'nhn_list_hba_rules' } },
  changes: {
    ...hbaChanges(names, (state) => {
      const rules = rulesIn(state);
      return {
        before: rules.filter(({ isNew }) => !isNew).map((rule) => ({ ...rule, isLeaving: false })),
        after: rules,
        ...(rules.some(({ isChanged }) => isChanged) && {
          unknown: 'what a rule was before its reserved change is not told',
        }),
      };
    }),
    needToApply: { value: 'now.needToApply', becomes: false },
  },
  dangers: [
    {
      if: { any: [{ changes: 'accessRules' }, { changes: 'needToApply' }] },
      risk: 'exposing',
      warning: 'Every reserved change of the access rules goes live at once, also those that others reserved.',
      undo: changedBack,
    },
    {
      if: { admits: 'accessRules' },
      risk: 'exposing',
      warning: 'Logins get in from {gained.accessRules}, which the rules keep out now.',
      undo: changedBack,
    },
    { if: { admitsWide: 'accessRules' }, risk: 'exposing', warning: wide, undo: changedBack },
    {
      if: { admits: 'withoutPassword' },
      risk: 'exposing',
      warning: 'Logins from {gained.withoutPassword} get in without a password.',
      undo: changedBack,
    },
    {
      if: { excludes: 'accessRules' },
      risk: 'disruptive',
      warning: 'Logins from {lost.accessRules} are rejected, which get in now.',
      undo: changedBack,
    },
  ],
};
