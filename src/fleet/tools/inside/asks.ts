import type { Asks } from '../../../define/index.js';

/** What people say when they want to look inside PostgreSQL. */
export const inspectAsks: Asks = {
  list_sessions: {
    en: [
      'who is connected',
      'which query blocks the others',
      'idle in transaction',
      'waiting for a lock',
      'everything hangs inside the database',
      'open connections by user',
      'pg_stat_activity',
      'long running queries right now',
    ],
    ko: [
      '누가 접속해 있어',
      '락 걸고 있는 세션',
      '어떤 쿼리가 막고 있어',
      '트랜잭션 열어 놓고 노는 세션',
      '접속 세션 목록',
      '오래 도는 쿼리',
      '커넥션 누가 다 쓰고 있어',
    ],
  },
  end_session: {
    en: [
      'kill the query that blocks everything',
      'terminate a connection',
      'cancel a running statement',
      'pg_terminate_backend',
      'disconnect an idle client',
      'free the locks of a session',
    ],
    ko: ['막고 있는 세션 죽여줘', '쿼리 취소', '세션 강제 종료', '커넥션 끊어줘', '락 풀어줘', '오래 걸리는 쿼리 중단'],
  },
  inspect_database: {
    en: [
      'everything inside crawls right now',
      'look inside postgres',
      'what fills the disk inside',
      'table bloat and dead rows',
      'unused or invalid indexes',
      'replication slot keeps wal',
      'transaction id wraparound',
      'database health checks',
      'what holds back vacuum',
    ],
    ko: [
      '디비가 왜 느려',
      '디비 안쪽 점검',
      '데드 튜플 많은 테이블',
      '안 쓰는 인덱스',
      '복제 슬롯이 왈 잡고 있어',
      '배큠이 안 돼',
      '내부 상태 진단',
    ],
  },
};
