import { definePrompt } from '../src/define/index.js';

export const handOverDuty = definePrompt({
  name: 'hand_over_duty',
  title: { en: 'Hand over duty', ko: '당직 인수인계' },
  description: {
    en: 'Writes the note for the next person on duty: how the fleet is, what is open, what runs, what to watch.',
    ko: '다음 당직자를 위한 인계서를 작성합니다: 현황, 미해결 건, 진행 중인 작업, 지켜볼 것.',
  },
  asks: {
    en: [
      'my shift ends',
      'note for the colleague who takes over',
      'on-call handoff',
      'what must the next one know',
      'summary at the end of duty',
      'pass the pager on',
      'heading out, write a handover',
      'open points for whoever comes after me',
      'leave a note for the next shift',
      'end of my day, what is unfinished',
    ],
    ko: [
      '교대 시간이야',
      '다음 당직자에게 넘길 메모',
      '온콜 인계',
      '다음 사람이 알아야 할 것',
      '근무 종료 요약',
      '당직 넘기기',
      '인수인계 정리',
      '다음 근무자에게 전달할 것',
      '퇴근 전에 남은 일 정리',
      '교대 보고서 작성',
    ],
  },
  arguments: [
    {
      name: 'hours',
      description: { en: 'Length of the shift in hours', ko: '근무 시간(시간 단위)' },
      otherwise: { en: '12', ko: '12' },
    },
  ],
  text: {
    en: `
Hand-over of the last hours: {hours}

1. fleet_overview: counts by provider and state, what needs attention, providers that did not answer.
2. fleet_list_events over the shift, limit 100: deviations only; routine in one line.
3. fleet_check without a topic: critical findings first, then what was not there at the last hand-over.
4. fleet_diagnose_instance on each instance with a critical finding, so that the note carries evidence and a next step.
5. What is running: instances with progress, and the job handles of this conversation with wait_for_job (1 second is
   enough). Give handle, what it does, when it is due.
6. Ask the person going off duty, in one question: promises to others, changes agreed but not made, planned work of the
   next shift, alarms to be ignored and until when, whom to call.

The note, one screen:
- State in one sentence.
- Open, by urgency: reference, what, evidence, next step as a tool call, who owns it.
- Running: handle, what, due when, what to do if it fails.
- Agreed for the next shift: when, what, whose yes.
- Watch: thresholds likely to be crossed (storage by the trend, lag, connections), with the number now.
- Unknown: what could not be seen.

Stop and ask when something critical has no owner: a hand-over does not move it to nobody.
Do not start changes during a hand-over, do not put passwords or tokens into the note, do not drop an open item because
it is old.
`,
    ko: `
인수인계 범위(최근 시간): {hours}

1. fleet_overview: 제공자와 상태별 개수, 주의가 필요한 것, 응답하지 않은 제공자.
2. fleet_list_events: 근무 시간 전체를 limit 100으로 보고, 특이 사항만 적고 일상은 한 줄로 요약합니다.
3. fleet_check(주제 없이): 치명적 항목부터, 이어서 지난 인계 때 없던 것.
4. fleet_diagnose_instance: 치명적 항목이 있는 인스턴스마다 실행해 근거와 다음 조치를 인계서에 담습니다.
5. 진행 중인 것: 작업이 진행 중인 인스턴스와 이 대화의 작업 핸들(wait_for_job, 1초면 충분). 핸들, 내용, 예상 종료
   시각을 적습니다.
6. 퇴근하는 담당자에게 한 번에 물어봅니다: 다른 팀과의 약속, 합의했지만 아직 하지 않은 변경, 다음 근무의 예정 작업,
   무시할 알람과 그 기한, 연락할 사람.

인계서(한 화면):
- 현황 한 문장.
- 미해결(긴급한 순): 참조, 내용, 근거, 도구 호출로 적은 다음 조치, 담당자.
- 진행 중: 핸들, 내용, 예상 종료, 실패 시 할 일.
- 다음 근무에 합의된 일: 시각, 내용, 승인자.
- 지켜볼 것: 넘을 것 같은 기준(스토리지 추세, 복제 지연, 커넥션)과 현재 수치.
- 알 수 없음: 확인하지 못한 것.

멈추고 물어볼 때: 치명적인 건에 담당자가 없을 때. 인계했다고 담당자가 없어져서는 안 됩니다.
하지 말 것: 인수인계 중 변경 시작, 인계서에 비밀번호나 토큰 적기, 오래됐다는 이유로 미해결 건 빼기.
`,
  },
});
