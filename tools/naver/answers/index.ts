import type { ReadFacts } from '../../../src/define/index.js';
import { catalogAnswers } from './catalog.js';
import { contentsAnswers } from './contents.js';
import { instancesAnswers } from './instances.js';

export const reads: ReadFacts = {
  answers: { ...catalogAnswers, ...instancesAnswers, ...contentsAnswers },
  given: { naver_list_db_server_logs: { logType: 'POSTGRESQL_LOG' } },
  found: {
    cloudPostgresqlImageProductCode: [{ read: 'naver_list_image_products', at: 'productList[]', id: 'productCode' }],
  },
};
