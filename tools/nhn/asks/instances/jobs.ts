import type { Asks } from '../../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const jobsAsks: Asks = {
  nhn_get_job: {
    kinds: ['getJob'],
    en: [
      'is it done yet',
      'progress of the running task',
      'status of a job id',
      'is the restore still running',
      'did the change finish',
      'how long until the creation ends',
      'show a job',
      'check job status',
      'did the job succeed',
      'has the restart job finished',
      'what is job 1234 doing',
    ],
    ko: [
      '작업 끝났어?',
      '작업 진행 상태 확인',
      'job 어디까지 갔어',
      '복원 아직 돌고 있나',
      '아까 요청한 거 완료됐어?',
      '작업 ID로 상태 조회',
      '작업 상태 조회',
      '잡 성공했어?',
      '작업 완료 여부 확인',
      '재시작 작업 다 됐나',
      '이 job 뭐 하는 중이야',
    ],
  },
};
