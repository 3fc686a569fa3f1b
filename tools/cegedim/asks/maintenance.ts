import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const maintenanceAsks: Asks = {
  cegedim_update_patch_party: {
    kinds: ['changeMaintenance'],
    en: [
      'exclude from patching',
      'patch group',
      'when does this server get OS updates',
      'move to another patch round',
      'include in monthly patching',
      'skip the next security update',
      'maintenance window',
      'do not patch this server',
      'stop automatic updates',
      'add it to the patching again',
      'postpone patching',
      'which patch round, choose one',
      'opt out of updates',
    ],
    ko: [
      '패치 제외',
      '패치 그룹 변경',
      '변경 동결 기간이라 패치 막기',
      '정기 패치에 포함',
      '보안 패치 대상 등록',
      '다음 패치 건너뛰기',
      '패치 파티',
      '점검 일정',
      '패치하지 마',
      '패치 일정 변경',
      '자동 업데이트 제외',
    ],
  },
};
