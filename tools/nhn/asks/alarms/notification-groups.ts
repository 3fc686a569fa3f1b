import type { Asks } from '../../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const notificationGroupsAsks: Asks = {
  nhn_list_notification_groups: {
    en: [
      'which alarms go where',
      'all alert channels',
      'is anybody notified about production',
      'list of alarm routes',
      'which instances are watched at all',
      'sns topics for databases',
      'does every database have alerting',
    ],
    ko: [
      '알림 그룹 목록',
      '알람 누구한테 가고 있어?',
      '알림 채널 전부 보여줘',
      '어떤 인스턴스에 알람 걸려있지',
      '통보 그룹 리스트',
      '모니터링 알림 설정 현황',
    ],
  },
  nhn_get_notification_group: {
    en: [
      'who gets alerts from this group',
      'is sms on for this route',
      'why did nobody get the alert',
      'which instances does one alarm route cover',
      'details of an alert channel',
      'is this notification group enabled',
    ],
    ko: [
      '이 알림 그룹 상세',
      '이 그룹 알람 문자로도 가나?',
      '왜 아무도 알림을 못 받았지',
      '알림 그룹에 연결된 인스턴스 확인',
      '알림 그룹 활성화 돼 있어?',
      '이 통보 설정 하나 들여다보기',
    ],
  },
  nhn_create_notification_group: {
    en: [
      'send alerts to the on-call team',
      'set up alerting for a new database',
      'new alarm channel by email and sms',
      'route alerts of production to dba',
      'we have no alerts yet',
      'create sns topic for rds',
    ],
    ko: [
      '알림 그룹 만들어줘',
      '운영 DB 알람 당직자한테 가게 해줘',
      '새 인스턴스에 알림 설정',
      '장애 나면 문자 오게 하고 싶어',
      '이메일 알림 채널 추가',
      '알람 통보 경로 신규 등록',
    ],
  },
  nhn_modify_notification_group: {
    en: [
      'mute alerts during maintenance',
      'stop sms but keep mail',
      'add an instance to the alarm route',
      'silence the pager for tonight',
      'turn alerts back on',
      'send the alarms to another team',
      'rename alert channel',
    ],
    ko: [
      '알람 잠깐 꺼줘',
      '점검 동안 알림 음소거',
      '문자 알림 끄고 메일만',
      '알림 그룹에 인스턴스 추가',
      '알림 다시 켜줘',
      '알람 받는 팀 바꿔줘',
      '알림 그룹 이름 수정',
    ],
  },
  nhn_delete_notification_group: {
    en: [
      'drop an alarm route',
      'remove alerting of a retired database',
      'delete alert channel and its conditions',
      'old notification group is of no use',
      'get rid of the test alerts channel',
      'no alerts needed for this project ever again',
    ],
    ko: [
      '알림 그룹 삭제',
      '폐기한 서비스 알람 경로 없애줘',
      '안 쓰는 통보 그룹 지우기',
      '알림 채널 제거',
      '테스트 알림 그룹 정리',
      '알림 설정 통째로 지워줘',
    ],
  },
};
