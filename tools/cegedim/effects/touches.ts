import type { Touches } from '../../../src/define/index.js';

const instance = { read: 'cegedim_get_instance', id: 'id' } as const;

/** Which instances a call concerns, by the argument that names one or something of it. */
export const touches: Touches = {
  instance: {
    ...instance,
    argument: 'id',
    with: { id: '{id}' },
    name: 'name',
    state: 'status',
    role: 'topology',
  },
  ways: [
    { ...instance, arguments: ['options.sourceId', 'resourceId'], with: { id: '{named}' } },
    {
      arguments: ['actionId'],
      each: { read: 'cegedim_get_action', with: { actionId: '{named}' }, at: '' },
      read: 'cegedim_list_resources',
      with: {},
      at: 'content[]',
      where: { name: '{resourceName}' },
      id: 'id',
    },
    { arguments: ['resourceName', 'requestId'], none: 'They choose from a list.' },
    // A new instance is judged by the name that it gets.
    { arguments: ['name'], none: 'It is the name of what does not exist yet.' },
  ],
  uses: ['serviceId', 'networkId', 'cloudId', 'dbBackupPolicyId', 'serverBackupPolicyId'],
  lists: {
    cegedim_list_resources: { at: 'content', name: 'name' },
    cegedim_list_actions: { at: 'items', name: 'resourceName' },
  },
};
