import type { FoundArgument, ReadFacts } from '../../../src/define/index.js';
import { instancesAnswers } from './instances.js';
import { resourcesAnswers } from './resources.js';
import { topologyAnswers } from './topology.js';

/** The documents do not agree on the field with the kind, nor on which of the two ids instances are known by. */
const instances = (kind: string, id: string): FoundArgument => ({
  read: 'cegedim_list_resources',
  at: 'content[]',
  where: { [kind]: 'PostgreSQL' },
  id,
});

export const reads: ReadFacts = {
  answers: { ...instancesAnswers, ...topologyAnswers, ...resourcesAnswers },
  given: { cegedim_list_resources: { page: 0, size: 200 } },
  found: {
    id: [
      instances('type', 'id'),
      instances('resourceType', 'id'),
      instances('type', 'internalResourceId'),
      instances('resourceType', 'internalResourceId'),
    ],
    actionId: [{ read: 'cegedim_list_actions', at: 'items[]', id: 'id' }],
  },
};
