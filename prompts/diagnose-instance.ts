import { definePrompt } from '../src/define/index.js';
import { instance } from './_arguments.js';

export const diagnoseInstance = definePrompt({
  name: 'diagnose_instance',
  title: { en: 'Diagnose an instance', ko: '인스턴스 진단' },
  description: {
    en: 'Finds out what is wrong with one PostgreSQL instance, with evidence, and what to do next.',
    ko: 'PostgreSQL 인스턴스 한 대에 무슨 문제가 있는지 근거와 함께 찾고 다음 조치를 정합니다.',
  },
  asks: {
    en: [
      'something is off with one database',
      'step by step troubleshooting',
      'find the root cause',
      'it throws errors, where do I begin',
      'check one server thoroughly',
      'is this instance healthy',
      'one database acts odd',
      'it does not behave as usual',
      'figure out what is wrong with it',
      'diagnosis of one server',
      'unexplained trouble on a server',
    ],
    ko: [
      '디비 하나가 이상해',
      '장애 원인 찾기',
      '단계별 문제 해결',
      '에러가 나는데 어디부터 볼까',
      '서버 하나 꼼꼼히 점검',
      '이 인스턴스 건강한가',
      '평소 같지 않아',
      '동작이 이상한 서버 진단',
      '뭐가 잘못됐는지 찾아줘',
      '원인을 모르겠는 문제',
      '종합 진단 한번',
    ],
  },
  arguments: [instance],
  text: {
    en: `
Diagnose this instance: {instance}

1. fleet_get_instance: state beside the provider's own word, role, high availability, progress, related instances.
   Where the name fits several instances, the answer has all of them: keep them apart, and ask which one is meant.
2. fleet_diagnose_instance: take the findings by severity, and quote field and value of each as evidence. Findings of
   the primary, standby and replicas of the same group come with them, each under its reference.
3. fleet_list_events for the instance over the last 24 hours: whatever changed last before the first symptom is the
   first suspect (a job, a failover, a parameter, a resize).
4. Where a finding says Not by API, the next step is for a person at the provider's console.
5. If the record shows progress or a running job, wait_for_job tells how far it is. Judge again once it has ended.

Report: the verdict in one sentence; findings by severity with their evidence; the next step as one tool call with
its arguments; what could not be examined, and why. What was not seen is not healthy, it is unknown.

Stop and ask a person when the state is failed or unknown, when findings contradict each other, or when the next step
restarts, opens or deletes something.
Do not restart to see whether it helps, do not start a second change while one is running, do not guess causes without
evidence.
`,
    ko: `
진단 대상: {instance}

1. fleet_get_instance: 상태와 제공자 원문 상태, 역할, 고가용성, 진행 중인 작업, 연관 인스턴스를 확인합니다.
   이름이 여러 인스턴스에 해당하면 모두 응답에 나오므로 구분해서 보고, 어느 것인지 물어봅니다.
2. fleet_diagnose_instance: 심각도 순으로 보고, 각 항목의 필드와 값을 근거로 인용합니다. 같은 그룹의 프라이머리,
   스탠바이, 복제본의 항목도 각자의 참조와 함께 나옵니다.
3. fleet_list_events: 최근 24시간을 봅니다. 첫 증상 직전에 바뀐 것(작업, 페일오버, 파라미터, 사양 변경)을
   가장 먼저 의심합니다.
4. Not by API라고 나온 항목의 다음 조치는 담당자가 제공자 콘솔에서 합니다.
5. 진행 중인 작업이 있으면 wait_for_job으로 진행 상황을 보고, 끝난 뒤 다시 판단합니다.

보고: 한 문장 결론, 심각도별 항목과 근거, 다음 조치(도구 호출 하나와 인자), 확인하지 못한 것과 그 이유.
확인하지 못한 것은 정상이 아니라 '알 수 없음'입니다.

멈추고 담당자에게 물어볼 때: 상태가 failed나 unknown일 때, 항목끼리 모순될 때, 다음 조치가 재시작, 접근 허용,
삭제를 수반할 때.
하지 말 것: 일단 재시작해 보기, 작업이 도는 중에 다른 변경 걸기, 근거 없이 원인 단정하기.
`,
  },
});
