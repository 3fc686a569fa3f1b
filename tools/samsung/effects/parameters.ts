import type { Effect, EffectCondition, StateLook } from '../../../src/define/index.js';

/** The parameters that the call names, of one kind. */
const chosen = (kind: Readonly<Record<string, string>>): StateLook => ({
  read: 'samsung_list_parameter_values',
  at: 'contents[]',
  where: { id: '{parameters[].id}', ...kind },
  says: '{name}',
});

const surelyHas = (look: string): EffectCondition => ({ test: ({ at }) => (at(look) ?? []).length > 0 });

/** Of two kinds it is known when they take effect. What the list does not have is of no known kind. */
const hasOthers: EffectCondition = {
  test: ({ args, at }) => {
    const known = [at('atOnce'), at('waiting')].flatMap((records) => records ?? []).length;
    return known < (args['parameters'] as unknown[]).length;
  },
};

const undo = 'Set the old values again.';

export const setParameterValues: Effect = {
  looks: {
    now: {
      read: 'samsung_list_parameter_values',
      lags: 'the list is from its last synchronization, and the value can have been changed since',
    },
    atOnce: chosen({ apply_type: 'dynamic' }),
    waiting: chosen({ apply_type: 'static' }),
    fixed: chosen({ is_modifiable: 'false' }),
  },
  changes: {
    parameters: {
      items: 'now.contents',
      key: 'id',
      value: 'new_value',
      nowValue: 'applied_value',
      nowName: 'name',
      tells: ['apply_type'],
    },
  },
  dangers: [
    {
      if: surelyHas('atOnce'),
      risk: 'disruptive',
      warning: 'The database runs with the new value at once: {atOnce.said}.',
      undo,
    },
    {
      if: surelyHas('waiting'),
      risk: 'disruptive',
      warning: 'The new value waits for the next restart, and the old one holds until then: {waiting.said}.',
      undo,
    },
    {
      if: hasOthers,
      risk: 'disruptive',
      warning: 'The database runs with a new value, and it is not documented whether it restarts for that.',
      undo,
    },
  ],
  impossible: [
    {
      if: surelyHas('fixed'),
      because: 'The service does not let this be changed: {fixed.said}.',
      instead: 'samsung_list_parameter_values shows what is_modifiable.',
    },
  ],
};

export const syncParameterValues: Effect = {
  looks: { now: { read: 'samsung_list_parameter_values' } },
  dangers: [
    {
      // The list does not tell which values wait. Only where it has none is it certain that none does.
      if: { any: [{ not: { has: 'now.contents' } }, { has: 'now.contents.id' }] },
      risk: 'disruptive',
      warning:
        'Values that were set and are not in effect yet may be applied to the servers; the list of {now.modified_at} ' +
        'does not tell whether any waits.',
      undo,
    },
  ],
};
