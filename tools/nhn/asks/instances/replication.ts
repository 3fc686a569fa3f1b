import type { Asks } from '../../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const replicationAsks: Asks = {
  nhn_replicate_db_instance: {
    en: [
      'add a read replica',
      'scale reads',
      'reporting queries slow the primary, need a slave',
      'rds create-db-instance-read-replica',
      'replica for analytics',
      'one more follower',
      'create a read replica',
      'add a replica to orders',
      'new replica for reporting',
      'more replicas to spread reads',
    ],
    ko: [
      '읽기 복제본 추가',
      '리드 레플리카 만들어줘',
      '통계용 복제본 띄우기',
      '레플리카 증설',
      '읽기 전용 서버 붙여줘',
      '읽기 복제본 만들어줘',
      'orders에 레플리카 추가',
      '리포트용 읽기 복제본 생성',
      '리드 레플리카 추가',
      '레플리카 하나 더',
    ],
  },
  nhn_promote_db_instance: {
    en: [
      'promote the slave',
      'primary is lost, use the replica instead',
      'detach a read replica from its master',
      'break replication and go standalone',
      'pg_promote or pg_ctl promote',
      'cannot execute INSERT in a read-only transaction',
      'promote a replica',
      'promote the read replica to primary',
      'turn replica into master',
      'replica should accept writes',
      'make a replica independent',
    ],
    ko: [
      '복제본 승격',
      '레플리카를 마스터로',
      '슬레이브 쓰기 가능하게 해줘',
      '복제 끊고 단독으로 쓰기',
      '읽기 복제본 떼어내서 독립',
      '프라이머리 날아갔어 레플리카로 대체',
      '레플리카 승격해줘',
      '읽기 복제본을 프라이머리로 승격',
      '복제본을 독립 인스턴스로',
      '레플리카에 쓰기 되게',
      '슬레이브를 마스터로 올려줘',
    ],
  },
};
