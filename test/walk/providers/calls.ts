import type { ProviderName as AnyProviderName } from '../../../src/providers/settings.js';

/** The providers that these stories are about; NHN has those of test/walk. */
export type ProviderName = Exclude<AnyProviderName, 'nhn'>;

/** What every provider is called with, one read and one change that nobody is asked about. */
export const calls: Record<ProviderName, { read: [string, object]; change: [string, object] }> = {
  samsung: {
    read: ['samsung_list_clusters', {}],
    change: ['samsung_start_cluster', { cluster_id: '1c7a4bdc0d0802e4a498e1f84e8a7eae' }],
  },
  naver: {
    read: ['naver_list_instances', {}],
    change: [
      'naver_add_databases',
      { cloudPostgresqlInstanceNo: '1234925', cloudPostgresqlDatabaseList: [{ name: 'one', owner: 'orders_app' }] },
    ],
  },
  cegedim: {
    read: ['cegedim_list_resources', {}],
    change: ['cegedim_start_instance', { id: 500061859 }],
  },
};

export const names = Object.keys(calls) as ProviderName[];
