import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const recoveryAsks: Asks = {
  cegedim_restore_instance: {
    kinds: ['restore'],
    en: [
      'roll back to yesterday noon',
      'point in time recovery',
      'PITR in place',
      'somebody dropped a table',
      'undo the bad deploy',
      'overwrite with an older state',
      'get deleted rows back',
      'recover from backup',
      'restore the database to a point in time',
      'go back to before the mistake',
      "recover yesterday's data",
      'accidental delete, restore',
      'load a backup into another instance',
      'refresh test from production',
      'bring back lost data',
      'restore from last night',
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
      '백업으로 되돌려줘',
      '특정 시점으로 복원',
      '지운 데이터 복구해줘',
      '어제 낮 상태로',
    ],
  },
};
