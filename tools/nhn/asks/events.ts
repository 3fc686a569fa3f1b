import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const eventsAsks: Asks = {
  nhn_list_events: {
    en: [
      'what happened last night',
      'why did the job fail',
      'did it fail over at 3am',
      'when was the server restarted',
      'activity history of an instance',
      'who or what caused the outage',
      'show recent errors and alarms of the service',
      'rds events',
    ],
    ko: [
      '어젯밤에 무슨 일 있었어?',
      '이벤트 로그 보여줘',
      '작업이 왜 실패했지',
      '새벽에 페일오버 났었나',
      '언제 재시작됐는지 알려줘',
      '인스턴스 변경 이력',
      '장애 원인 이벤트 조회',
      '최근 발생한 일 확인',
    ],
  },
  nhn_list_event_codes: {
    en: [
      'what does this event code mean',
      'all kinds of events there are',
      'meaning of INSTC_02_01',
      'event categories to filter by',
      'which events can be subscribed',
      'dictionary of event types',
    ],
    ko: [
      '이벤트 코드가 무슨 뜻이야?',
      '이벤트 종류 전부 보여줘',
      '이벤트 코드표',
      'INSTC 코드 의미',
      '어떤 이벤트 유형들이 있지',
      '이벤트 카테고리 목록',
    ],
  },
};
