import type { Asks } from '../../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const instanceGroupsAsks: Asks = {
  nhn_list_db_instance_groups: {
    en: [
      'overview of primaries with their replicas',
      'all replication groups',
      'which servers belong together',
      'list of ha groups',
      'topology of everything',
      'group ids for extensions',
      'list instance groups',
      'show all db instance groups',
      'which groups of instances are there',
    ],
    ko: [
      '인스턴스 그룹 목록',
      '마스터랑 레플리카 묶음 전체',
      '어떤 서버끼리 한 그룹이야?',
      '복제 그룹 전부 보여줘',
      '그룹 ID 뭐였지',
      '클러스터 묶음 리스트',
      'DB 인스턴스 그룹 전체 조회',
      '인스턴스 그룹 뭐 있어?',
      '그룹별 인스턴스 묶음 확인',
    ],
  },
  nhn_get_db_instance_group: {
    en: [
      'who is master in this group',
      'replicas of one group',
      'members and roles of a replication group',
      'which one took over after failover',
      'status of each member of a pair',
      'topology of one cluster',
      'show one instance group',
      'which instances are in this group',
      'who is primary and standby in the group',
    ],
    ko: [
      '이 그룹에서 누가 마스터야?',
      '그룹 멤버 역할 확인',
      '이 그룹 레플리카 몇 대야',
      '페일오버 후 누가 프라이머리 됐지',
      '인스턴스 그룹 상세',
      '한 그룹의 구성원 상태',
      '인스턴스 그룹 하나 조회',
      '이 그룹에 속한 인스턴스 보여줘',
      '그룹 안에서 마스터와 스탠바이 확인',
    ],
  },
};
