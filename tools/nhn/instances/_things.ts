import { type NamedThing, uuidForm } from '../../../src/define/index.js';

/** What calls use and change nothing of, by the argument that takes its id. */
export const things: readonly NamedThing[] = [
  {
    argument: 'dbFlavorId',
    label: 'DB flavor',
    form: uuidForm,
    lists: [
      {
        read: 'nhn_list_db_flavors',
        with: {},
        at: 'dbFlavors[]',
        id: 'dbFlavorId',
        name: 'dbFlavorName',
        tells: ['vcpus', 'ram'],
      },
    ],
  },
  {
    argument: 'dbVersion',
    label: 'DB version',
    form: /^POSTGRESQL_V\d+(_\d+)*$/,
    lists: [
      {
        read: 'nhn_list_db_versions',
        with: {},
        at: 'dbVersions[]',
        id: 'dbVersion',
        name: 'dbVersionName',
        tells: ['dbVersion'],
      },
    ],
  },
  {
    argument: 'network.subnetId',
    label: 'subnet',
    form: uuidForm,
    lists: [
      {
        read: 'nhn_list_subnets',
        with: {},
        at: 'subnets[]',
        id: 'subnetId',
        name: 'subnetName',
        tells: ['subnetCidr', 'availableIpCount'],
      },
    ],
  },
  {
    argument: 'memberIds[]',
    label: 'project member',
    form: uuidForm,
    lists: [
      {
        read: 'nhn_list_project_members',
        with: {},
        at: 'members[]',
        id: 'memberId',
        name: 'memberName',
        tells: ['emailAddress'],
      },
    ],
  },
];
