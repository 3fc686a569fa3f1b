import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const logsAsks: Asks = {
  naver_list_db_server_logs: {
    en: [
      'which log files exist',
      'slow query log names',
      'error log of the primary',
      'audit logs on a server',
      'how big are the logs',
      'log of yesterday, which file',
    ],
    ko: [
      '로그 파일 목록',
      '슬로우 로그 뭐 있어',
      '에러 로그 파일 이름',
      '감사 로그 있는지',
      '로그 크기 확인',
      '어제 로그 어느 파일',
    ],
  },
  naver_export_db_server_log: {
    en: [
      'read the postgres error log',
      'get log lines out',
      'send slow queries to a bucket',
      'download postgresql.log',
      'copy a log file to S3',
      'what do the logs say',
    ],
    ko: [
      '로그 내보내기',
      '에러 로그 내용 보고 싶어',
      '슬로우 쿼리 로그 받기',
      '로그 파일 버킷으로 복사',
      '로그 다운로드',
      'postgresql.log 꺼내줘',
    ],
  },
};
