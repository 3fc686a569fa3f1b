import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const requestsAsks: Asks = {
  samsung_get_request: {
    kinds: ['getJob'],
    en: [
      'is my change through',
      'request id status',
      'did the accepted job fail',
      'progress of an asynchronous call',
      'poll the operation',
      'still pending or completed',
      'how is the task going',
      'status of a submitted request',
      'what became of request 4711',
      'was it accepted and carried out',
      'track an asynchronous change',
      'is the creation finished',
    ],
    ko: [
      '요청 처리 상태',
      'request id 진행 상황',
      '작업 성공했는지 실패했는지',
      '비동기 작업 확인',
      '요청한 변경 끝났어',
      '작업 진행률',
      '잡 상태 조회',
      '요청 아이디로 상태 확인',
      '생성 작업 끝났는지',
      '요청 결과 조회',
    ],
  },
};
