import type { Asks } from '../../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const userGroupsAsks: Asks = {
  nhn_list_user_groups: {
    en: [
      'teams that can receive alerts',
      'list of recipient groups',
      'is there a group for on-call dba',
      'all alarm contact lists',
      'which contact groups exist',
      'id of the dba recipients',
    ],
    ko: [
      '사용자 그룹 목록',
      '알람 수신자 그룹 뭐뭐 있어?',
      '당직 그룹 있는지 보여줘',
      '연락처 그룹 전체',
      '수신 그룹 리스트',
      'DBA 수신자 그룹 ID',
    ],
  },
  nhn_get_user_group: {
    en: [
      'who is in the on-call group',
      'members of one recipient list',
      'is Kim in the alarm contacts',
      'which people does this group contain',
      'look into a contact group',
      'does the dba group still include leavers',
    ],
    ko: [
      '이 사용자 그룹에 누가 있어?',
      '당직 그룹 멤버 확인',
      '수신자 그룹 구성원 보여줘',
      '김대리가 알람 그룹에 포함돼 있나',
      '사용자 그룹 상세',
      '연락처 그룹 안에 사람들 조회',
    ],
  },
  nhn_create_user_group: {
    en: [
      'new recipient list for alerts',
      'group the dba team as contacts',
      'make a contact group',
      'add an on-call team for alarms',
      'distribution list for alarm mail',
      'set up people who should be paged',
    ],
    ko: [
      '사용자 그룹 만들어줘',
      '알람 받을 사람들 묶어줘',
      '당직팀 수신자 그룹 생성',
      '연락처 그룹 추가',
      'DBA 팀 알림 수신 그룹 신규',
      '담당자 그룹 등록',
    ],
  },
  nhn_modify_user_group: {
    en: [
      'add a colleague to the on-call contacts',
      'take someone out of the alert recipients',
      'rotation changed, swap the people paged',
      'rename recipient group',
      'put all project members on the alarm list',
      'person left, stop their alert mails',
    ],
    ko: [
      '사용자 그룹에 사람 추가',
      '당직자 바뀌었어 멤버 교체',
      '알람 수신자에서 빼줘',
      '퇴사자 알림 수신 제외',
      '수신 그룹 이름 변경',
      '새 담당자 알람 받게 추가해줘',
    ],
  },
  nhn_delete_user_group: {
    en: [
      'remove a recipient group',
      'disbanded team, drop its contact list',
      'delete the old on-call group',
      'contact group no longer needed',
      'erase alarm recipients list',
      'clean up unused people groups',
    ],
    ko: [
      '사용자 그룹 삭제',
      '해체된 팀 수신 그룹 지워줘',
      '예전 당직 그룹 제거',
      '연락처 그룹 없애기',
      '안 쓰는 수신자 그룹 정리',
      '담당자 그룹 통째로 삭제',
    ],
  },
};
