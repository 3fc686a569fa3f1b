import type { ReadFacts } from '../../../src/define/index.js';

export const reads: ReadFacts = {
  given: { naver_list_db_server_logs: { logType: 'POSTGRESQL_LOG' } },
  found: {
    cloudPostgresqlImageProductCode: [{ read: 'naver_list_image_products', at: 'productList[]', id: 'productCode' }],
  },
};
