import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const instancesAsks: Asks = {
  cegedim_get_instance: {
    en: [
      'details of one instance',
      'which version is it running',
      'how much disk and memory has it',
      'is backup on',
      'status of this database',
      'is it excluded from patching',
      'hostname and port',
      'product code and service id of a server',
      'is replication on',
    ],
    ko: [
      '인스턴스 상세',
      '버전 뭐 쓰고 있어',
      '디스크 메모리 얼마',
      '백업 되고 있나',
      '현재 상태 확인',
      '접속 주소랑 포트',
      '패치 제외됐는지',
      '서비스 아이디 알려줘',
      '스펙 보기',
    ],
  },
  cegedim_create_instance: {
    en: [
      'provision a new postgres',
      'spin up a database server',
      'launch a DB for the project',
      'order an HA instance',
      'fresh server for staging',
      'rds create-db-instance',
      'deploy a new PaaS database',
    ],
    ko: [
      'DB 새로 만들기',
      '포스트그레 하나 띄워줘',
      '신규 인스턴스 주문',
      '프로젝트용 서버 프로비저닝',
      'HA로 새로 구성',
      '스테이징 디비 생성',
      '한 대 파줘',
    ],
  },
  cegedim_delete_instance: {
    en: [
      'drop the server for good',
      'decommission a server',
      'tear down a test instance',
      'get rid of an old database',
      'destroy all nodes',
      'terminate it',
      'we no longer need this DB',
    ],
    ko: [
      '인스턴스 삭제',
      'DB 서버 없애줘',
      '서버 폐기',
      '안 쓰는 디비 해지',
      '테스트 서버 내려버려',
      '완전 제거',
      '노드까지 다 지워',
    ],
  },
};
