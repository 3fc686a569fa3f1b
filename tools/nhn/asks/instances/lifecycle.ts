import type { Asks } from '../../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const lifecycleAsks: Asks = {
  nhn_delete_db_instance: {
    en: [
      'get rid of this server',
      'terminate the instance',
      'decommission the staging database server',
      'remove a read replica',
      'tear it down, project is over',
      'stop paying for this server',
      'rds delete-db-instance',
    ],
    ko: [
      '인스턴스 삭제해줘',
      '디비 서버 없애줘',
      '스테이징 인스턴스 폐기',
      '읽기 복제본 제거',
      '더 이상 안 쓰는 서버 지워줘',
      '서비스 종료해서 DB 내려 없애기',
      '인스턴스 반납',
    ],
  },
  nhn_restart_db_instance: {
    en: [
      'reboot the database',
      'bounce postgres',
      'pg_ctl restart',
      'connections are stuck, restart it',
      'restart with failover to the standby',
      'rds reboot-db-instance',
      'planned restart to free memory',
    ],
    ko: [
      '디비 재시작해줘',
      '서버 리부팅',
      '디비 한번 껐다 켜줘',
      '커넥션이 꽉 물려서 재기동',
      '페일오버하면서 재시작',
      '포스트그레 재기동',
      '스탠바이로 절체하며 재부팅',
    ],
  },
  nhn_force_restart_db_instance: {
    en: [
      'restart hangs',
      'server does not respond at all',
      'hard reset',
      'power cycle the machine',
      'kill it and start again',
      'pg_ctl stop -m immediate',
      'stuck in restarting',
    ],
    ko: [
      '강제 재시작',
      '재시작이 안 먹혀',
      '서버가 먹통이야',
      '하드 리셋',
      '완전히 뻗었어 강제로 껐다 켜',
      '응답 없는 인스턴스 강제 리부팅',
    ],
  },
  nhn_start_db_instance: {
    en: [
      'power it on',
      'bring the stopped server back',
      'connection refused because it is stopped',
      'start the dev database in the morning',
      'wake the instance up',
      'pg_ctl start',
    ],
    ko: [
      '꺼진 인스턴스 켜줘',
      '디비 시작',
      '중지된 서버 다시 올려줘',
      '아침에 개발 DB 띄워줘',
      '정지 상태에서 기동',
      '인스턴스 스타트',
    ],
  },
  nhn_stop_db_instance: {
    en: [
      'shut it down for the weekend',
      'power off',
      'pause the server to save money',
      'turn the dev database off at night',
      'pg_ctl stop',
      'halt the instance without deleting',
    ],
    ko: [
      '주말 동안 꺼줘',
      '인스턴스 중지',
      '디비 내려줘',
      '개발 서버 밤에 정지',
      '비용 아끼게 잠깐 셧다운',
      '삭제 말고 멈춰만 줘',
    ],
  },
};
