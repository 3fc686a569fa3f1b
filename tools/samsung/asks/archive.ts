import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const archiveAsks: Asks = {
  samsung_get_archive_config: {
    en: [
      'is wal archiving on',
      'archive_mode current value',
      'how long are archive logs kept',
      'can we do PITR at all',
      'archive retention now',
      'redo log archiving status',
    ],
    ko: [
      '아카이브 켜져 있나',
      'WAL 아카이빙 설정 확인',
      'archive_mode 값',
      '아카이브 보관 기간 얼마',
      '아카이브 로그 며칠 남아',
      '아카이브 설정 조회',
    ],
  },
  samsung_set_archive_config: {
    en: [
      'enable wal archiving',
      'keep archive logs for 7 days',
      'turn archive_mode off',
      'change archive retention',
      'switch on redo archiving',
      'shorten how long wal stays',
    ],
    ko: [
      '아카이브 모드 켜기',
      'WAL 아카이빙 끄기',
      '아카이브 보관 7일로',
      '아카이브 로그 보존 기간 변경',
      'archive_mode on',
      '아카이브 설정 바꾸기',
    ],
  },
  samsung_delete_archive_logs: {
    en: [
      'archive disk is full',
      'purge archived wal',
      'pg_wal archive eats space',
      'clean up old archive logs',
      'free the archive volume',
      'wipe redo archives',
    ],
    ko: [
      '아카이브 로그 삭제',
      '아카이브 디스크 꽉 참',
      'WAL 쌓인 거 정리',
      '아카이브 비워줘',
      '오래된 아카이브 지우기',
      '아카이브 볼륨 확보',
    ],
  },
  samsung_sync_archive_config: {
    en: [
      'archive settings shown are wrong',
      'reload archive config from server',
      'refresh wal archiving info',
      'recorded archiving differs from reality',
      'resync archive state',
      'archive info is stale',
    ],
    ko: [
      '아카이브 설정 동기화',
      '아카이브 정보가 실제랑 다름',
      '아카이브 설정값 갱신',
      '서버에서 아카이브 설정 다시 읽기',
      '아카이브 싱크',
      '아카이브 표시가 옛날 거',
    ],
  },
};
