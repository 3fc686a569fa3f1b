import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const resourcesAsks: Asks = {
  cegedim_list_resources: {
    kinds: ['listInstances'],
    en: [
      'all our databases',
      'inventory of the account',
      'which postgres do we own',
      'find the id of an instance by name',
      'everything deployed here',
      'list VMs and services',
      'internalResourceId lookup',
      'describe all servers',
      'list everything we have',
      'show all databases',
      'which instances exist',
      'look up a resource id',
      'what runs in our account',
      'find a server by its name',
      'list of PostgreSQL services',
    ],
    ko: [
      '전체 리소스 목록',
      'DB 뭐뭐 있어',
      '인스턴스 아이디 찾기',
      '이름으로 서버 찾기',
      '보유 자원 현황',
      '포스트그레 전부 보기',
      '자원 인벤토리',
      '우리 서버 목록',
      '전체 인스턴스 조회',
      '어떤 DB들이 있나',
    ],
  },
};
