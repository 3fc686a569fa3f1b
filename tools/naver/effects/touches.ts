import type { Touches } from '../../../src/define/index.js';

const instances = { at: 'cloudPostgresqlInstanceList[]', id: 'cloudPostgresqlInstanceNo' } as const;

/** Which instances a call concerns, by the argument that names one or something of it. */
export const touches: Touches = {
  instance: {
    ...instances,
    argument: 'cloudPostgresqlInstanceNo',
    read: 'naver_get_instance',
    with: { regionCode: '{regionCode}', cloudPostgresqlInstanceNo: '{cloudPostgresqlInstanceNo}' },
    name: 'cloudPostgresqlServiceName',
    state: 'cloudPostgresqlInstanceStatusName',
  },
  ways: [
    {
      ...instances,
      arguments: ['cloudPostgresqlServerInstanceNo'],
      read: 'naver_list_instances',
      with: { regionCode: '{regionCode}', cloudPostgresqlServerInstanceNoList: ['{named}'] },
      where: { 'cloudPostgresqlServerInstanceList[].cloudPostgresqlServerInstanceNo': '{named}' },
    },
    {
      arguments: ['cloudPostgresqlUserList[].name', 'cloudPostgresqlDatabaseList[].name'],
      through: ['cloudPostgresqlInstanceNo'],
    },
    {
      arguments: [
        'cloudPostgresqlServiceName',
        'cloudPostgresqlInstanceNoList',
        'cloudPostgresqlServerName',
        'cloudPostgresqlServerInstanceNoList',
      ],
      none: 'They choose from a list.',
    },
  ],
  uses: ['vpcNo', 'subnetNo', 'secondarySubnetNo', 'pageNo'],
  lists: {
    naver_list_instances: { at: 'cloudPostgresqlInstanceList', name: 'cloudPostgresqlServiceName' },
    naver_list_backups: { at: 'cloudPostgresqlBackupList', name: 'cloudPostgresqlServiceName' },
  },
};
