import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const actionsAsks: Asks = {
  cegedim_get_action: {
    en: [
      'is it finished',
      'progress of one action',
      'did the change fail',
      'action id status',
      'poll the job',
      'percentage done',
      'is the resize still running',
    ],
    ko: [
      '작업 끝났어',
      '진행률 몇 프로',
      '액션 아이디 상태',
      '변경 성공했나',
      '아직 돌고 있어',
      '작업 하나 조회',
      '잡 상태',
    ],
  },
  cegedim_list_actions: {
    en: [
      'who changed what',
      'history of operations',
      'what happened last night',
      'recent jobs',
      'failed actions',
      'audit trail',
      'anything running right now',
      'who stopped the server',
    ],
    ko: [
      '누가 뭐 바꿨어',
      '작업 이력',
      '어젯밤 무슨 일 있었나',
      '최근 변경 내역',
      '실패한 작업 목록',
      '누가 껐어',
      '진행 중인 작업들',
      '감사 기록',
    ],
  },
};
