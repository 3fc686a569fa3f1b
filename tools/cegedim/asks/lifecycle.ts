import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const lifecycleAsks: Asks = {
  cegedim_start_instance: {
    en: [
      'turn it on',
      'power up the stopped database',
      'bring dev back this morning',
      'boot the machine',
      'it is down on purpose, wake it',
      'start nodes again',
    ],
    ko: ['DB 켜줘', '정지된 DB 기동', '서버 시작', '개발 디비 다시 올려', '꺼둔 거 살려줘', '인스턴스 스타트'],
  },
  cegedim_stop_instance: {
    en: [
      'shut down for the weekend',
      'power off',
      'halt the database',
      'save cost overnight',
      'turn dev off',
      'take it offline but keep data',
    ],
    ko: ['DB 꺼줘', 'DB 정지', '주말에 내려놓기', '밤에 셧다운', '비용 줄이게 중지', '데이터는 두고 끄기', '서버 스톱'],
  },
  cegedim_resize_instance: {
    en: [
      'more CPU and memory',
      'scale up nodes',
      'bigger flavor',
      'vertical scaling',
      'out of memory, larger machine',
      'downsize to a smaller plan',
      'change instance class',
      'double the cores',
    ],
    ko: [
      '사양 변경',
      '노드 스케일업',
      'CPU 메모리 늘려줘',
      '노드 크기 바꾸기',
      '메모리 부족해',
      '더 큰 스펙으로',
      '비용 때문에 다운사이징',
      '코어 증설',
    ],
  },
  cegedim_enable_ha: {
    en: [
      'add a standby',
      'high availability for a standalone',
      'automatic failover wanted',
      'no single point of failure',
      'redundancy for this database',
      'turn single node into a cluster',
      'switch to multi-AZ',
    ],
    ko: [
      '이중화 구성',
      'HA 켜줘',
      '단독 서버를 고가용성으로',
      '스탠바이 추가',
      '자동 페일오버 되게',
      '단일 장애점 없애기',
      '멀티 AZ 전환',
    ],
  },
  cegedim_upgrade_instance: {
    en: [
      'major version upgrade',
      'go from 13 to 16',
      'run pg_upgrade',
      'our version is end of life',
      'move to a newer postgres',
      'upgrade billing to 15',
      'leave the outdated release',
    ],
    ko: [
      '메이저 업그레이드',
      '13에서 16으로 올리기',
      '버전 업',
      'pg_upgrade 돌려줘',
      'EOL 버전이라 올려야 해',
      '포스트그레 최신으로',
      '구버전 탈출',
    ],
  },
};
