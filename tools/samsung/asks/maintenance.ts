import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const maintenanceAsks: Asks = {
  samsung_set_maintenance: {
    kinds: ['changeMaintenance'],
    en: [
      'maintenance window on Sunday night',
      'when may the provider patch',
      'move the downtime slot',
      'choose a quiet hour for updates',
      'preferred maintenance time',
      'set weekly window',
      'change the maintenance window',
      'maintenance only on Sundays at 3',
      'set day and hour for maintenance',
      'shift patching to the weekend',
      'define when downtime is allowed',
    ],
    ko: [
      '유지보수 윈도우 변경',
      '일요일 새벽에 점검',
      '정기 점검 요일 잡기',
      '메인터넌스 시간 바꾸기',
      '패치 시간대 지정',
      '유지보수 시간 변경',
      '점검 요일 바꿔줘',
      '점검을 주말 새벽으로',
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
      'delete the maintenance window',
      'we want no maintenance window',
      'disable scheduled maintenance',
      'undo the weekly window',
      'stop planned maintenance',
    ],
    ko: [
      '점검 시간 해제',
      '유지보수 윈도우 삭제',
      '정기 점검 취소',
      '메인터넌스 설정 없애기',
      '점검 일정 지우기',
      '윈도우 안 쓰기',
      '유지보수 시간 없애줘',
      '점검 윈도우 제거',
      '점검 예약 해제',
    ],
  },
};
