import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const logsAsks: Asks = {
  naver_list_db_server_logs: {
    en: [
      'log file names and sizes',
      'slow query log names',
      'error log of the primary',
      'audit logs on a server',
      'how big are the logs',
      'log of yesterday, which file',
      'list log files of a server',
      'which logs are there',
      'find a log by date',
      'show available postgres logs',
      'names of error and slow logs',
    ],
    ko: [
      '로그 파일 목록',
      '슬로우 로그 뭐 있어',
      '에러 로그 파일 이름',
      '감사 로그 있는지',
      '로그 크기 확인',
      '어제 로그 어느 파일',
      '로그 목록 보여줘',
      '서버 로그 뭐 있나',
      '어떤 로그 파일이 있지',
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
      'export a log file',
      'copy server logs to a bucket',
      'I need to see errors in the log',
      'get the slow query log',
      'look into the postgres log',
      'send log file to object storage',
    ],
    ko: [
      '로그 내보내기',
      '에러 로그 내용 보고 싶어',
      '슬로우 쿼리 로그 받기',
      '로그 파일 버킷으로 복사',
      '로그 다운로드',
      'postgresql.log 꺼내줘',
      '로그 파일 내보내줘',
      '로그를 버킷으로',
      '로그 내용 확인해야 해',
      '슬로우 로그 뽑아줘',
    ],
  },
};
