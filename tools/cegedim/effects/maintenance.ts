import type { Effect } from '../../../src/define/index.js';
import { instanceNow } from './looks.js';

const excluded = 'options.patchParty.excluded';
const reason = 'options.patchParty.exclusionReason';
const group = 'options.patchParty.patchGroup';

const excludeAgain = {
  risk: 'disruptive',
  undo: 'Exclude it again, with the reason {now.patchParty.exclusionReason}. Its date is a new one then.',
} as const;

export const updatePatchParty: Effect = {
  looks: { now: instanceNow },
  changes: {
    [excluded]: 'now.patchParty.excluded',
    [reason]: { value: 'now.patchParty.exclusionReason', whole: true },
    [group]: 'now.patchParty.patchGroup',
  },
  ordinary: {
    warning: 'It takes part in the patching rounds, or not, as the changes say. Nobody patches it while it does not.',
    undo: 'Set the old values again.',
  },
  dangers: [
    {
      ...excludeAgain,
      if: { becomes: { [excluded]: false } },
      warning: 'It is patched again, which can restart it. It has been kept out since {now.patchParty.exclusionDate}.',
    },
    {
      ...excludeAgain,
      if: { all: [{ when: { [excluded]: true } }, { changes: reason }, { is: { 'now.patchParty.excluded': true } }] },
      warning: 'Why it is kept out, and since when, is overwritten.',
    },
    {
      if: { all: [{ when: { [excluded]: false } }, { changes: group }] },
      risk: 'disruptive',
      warning: 'It is patched, which can restart it, on the date of another group than {now.patchParty.patchGroup}.',
      undo: 'Set the old group again.',
    },
  ],
  impossible: [
    {
      if: { all: [{ given: group }, { not: { isBelow: { 'now.nodeCount': 2 } } }] },
      because: '{now.name} has {now.nodeCount} nodes, each with a patch group of its own.',
      instead: 'Leave patchGroup out: it is only for an instance of one node.',
    },
  ],
};
