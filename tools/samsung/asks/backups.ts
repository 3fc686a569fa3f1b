import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const backupsAsks: Asks = {
  samsung_list_backup_histories: {
    en: [
      'last backup',
      'did the nightly backup succeed',
      'which snapshots do we have',
      'backup sizes',
      'recovery points',
      'failed backups',
      'history of dumps',
      'what can I restore from',
    ],
    ko: [
      '백업 이력',
      '마지막 백업 언제야',
      '어젯밤 백업 됐는지',
      '백업 목록이랑 크기',
      '복구할 수 있는 백업',
      '백업 실패 확인',
      '스냅샷 뭐 있어',
    ],
  },
  samsung_create_restore_cluster: {
    en: [
      'roll back to yesterday noon',
      'point in time recovery',
      'someone deleted rows, get them back',
      'new server from a backup',
      'PITR into another server',
      'clone production as of last week',
      'recover dropped table',
      'restore beside the original',
    ],
    ko: [
      '어제 시점으로 복구',
      '시점 복원',
      'PITR 복구',
      '백업으로 새 클러스터',
      '테이블 날렸어 되살려줘',
      '실수로 DELETE 했어',
      '운영 DB 클론 떠줘',
      '백업본 복원',
      '데이터 롤백',
    ],
  },
  samsung_set_backup: {
    en: [
      'turn on automatic backups',
      'keep backups for 14 days',
      'change backup time',
      'longer retention',
      'nightly backup schedule',
      'how often wal is archived in minutes',
      'backup window at 3am',
    ],
    ko: [
      '자동 백업 켜줘',
      '백업 보관 기간 변경',
      '백업 시간 새벽으로',
      '백업 주기 설정',
      '14일 보관으로',
      '정기 백업 스케줄',
      '보존 기간 늘리기',
    ],
  },
  samsung_unset_backup: {
    en: [
      'disable backups',
      'stop taking nightly snapshots',
      'no more automated backup',
      'switch off scheduled backup',
      'backup is not needed on dev',
      'end backup schedule',
    ],
    ko: [
      '자동 백업 꺼줘',
      '백업 해제',
      '더 이상 백업 안 받게',
      '정기 백업 중단',
      '개발 DB라 백업 불필요',
      '백업 설정 제거',
    ],
  },
  samsung_remove_backup_histories: {
    en: [
      'delete old backups',
      'free backup space',
      'purge a snapshot',
      'erase a recovery point',
      'clean up last year backups',
      'remove one backup file',
    ],
    ko: ['오래된 백업 삭제', '백업본 지워줘', '스냅샷 정리', '백업 이력 제거', '백업 용량 비우기', '작년 백업 날려'],
  },
};
