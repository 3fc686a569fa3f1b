import type { Asks } from '../../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const restoresAsks: Asks = {
  nhn_get_restoration_info: {
    en: [
      'how far back can I go',
      'earliest restorable time',
      'can we get back to last tuesday',
      'latest point in time to recover',
      'is PITR possible here',
      'which backups can be restored for this instance',
      'how much would we lose',
    ],
    ko: [
      '언제까지 되돌릴 수 있어?',
      '복원 가능한 시점 범위',
      'PITR 어디까지 돼',
      '지난 화요일로 복구 가능한가',
      '가장 최근 복원 시점',
      '복원 가능한 백업 확인',
    ],
  },
  nhn_restore_db_instance: {
    en: [
      'roll back to yesterday noon',
      'point in time recovery',
      'somebody deleted rows by accident',
      'undo a bad migration',
      'dropped table, get it back',
      'PITR to before the deploy',
      'clone production at a moment',
    ],
    ko: [
      '어제 낮 12시로 되돌려줘',
      '시점 복구 해줘',
      '실수로 테이블 날렸어 살려줘',
      'DELETE 잘못 쳤어',
      'PITR로 복원',
      '배포 전 시점으로 복구',
      '데이터 날아가기 직전으로',
      '운영 DB를 특정 시점으로 복제',
    ],
  },
  nhn_restore_backup: {
    en: [
      'spin up a server from this snapshot',
      'rds restore-db-instance-from-db-snapshot',
      'instance was deleted, bring it back from a backup',
      "new database out of last night's backup",
      'test whether a backup is any good',
      'staging copy from a backup',
    ],
    ko: [
      '이 백업으로 인스턴스 만들어줘',
      '스냅샷 복원',
      '삭제된 DB 백업에서 되살려줘',
      '어젯밤 백업본으로 새 서버 띄우기',
      '백업 복구 테스트',
      '백업에서 스테이징 만들기',
    ],
  },
};
