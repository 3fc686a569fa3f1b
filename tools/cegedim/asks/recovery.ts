import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const recoveryAsks: Asks = {
  cegedim_restore_instance: {
    en: [
      'roll back to yesterday noon',
      'point in time recovery',
      'PITR in place',
      'somebody dropped a table',
      'undo the bad deploy',
      'copy production data over staging',
      'overwrite with an older state',
      'get deleted rows back',
      'recover from backup',
    ],
    ko: [
      '어제 시점으로 복구',
      '시점 복원',
      'PITR 복구',
      '테이블 날렸어',
      '데이터 되돌려줘',
      '운영 데이터를 스테이징에 덮어쓰기',
      '백업에서 복원',
      '실수로 지운 데이터 살리기',
      '데이터 롤백',
    ],
  },
};
