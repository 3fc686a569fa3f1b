import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const maintenanceAsks: Asks = {
  samsung_set_maintenance: {
    en: [
      'maintenance window on Sunday night',
      'when may the provider patch',
      'move the downtime slot',
      'choose a quiet hour for updates',
      'preferred maintenance time',
      'set weekly window',
    ],
    ko: [
      '점검 시간 설정',
      '유지보수 윈도우 변경',
      '일요일 새벽에 점검',
      '정기 점검 요일 잡기',
      '메인터넌스 시간 바꾸기',
      '패치 시간대 지정',
    ],
  },
  samsung_unset_maintenance: {
    en: [
      'remove the maintenance window',
      'no fixed maintenance slot',
      'cancel weekly downtime',
      'clear the preferred window',
      'drop maintenance schedule',
      'turn off the window',
    ],
    ko: [
      '점검 시간 해제',
      '유지보수 윈도우 삭제',
      '정기 점검 취소',
      '메인터넌스 설정 없애기',
      '점검 일정 지우기',
      '윈도우 안 쓰기',
    ],
  },
};
