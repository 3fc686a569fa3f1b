import { definePrompt } from '../src/define/index.js';
import { instance } from './_arguments.js';

export const investigateSlowness = definePrompt({
  name: 'investigate_slowness',
  title: { en: 'The database is slow', ko: '데이터베이스가 느릴 때' },
  description: {
    en: 'Narrows down why an instance answers slowly: CPU, connections, disk, memory, locks, or a change before it.',
    ko: '응답이 느린 원인을 CPU, 커넥션, 디스크, 메모리, 락, 직전 변경 중에서 좁혀 갑니다.',
  },
  asks: {
    en: [
      'queries take forever',
      'the application times out',
      'response got worse since the morning',
      'high latency',
      'pages load slowly',
      'performance dropped suddenly',
      'everything is sluggish',
      'people say it is slow',
      'the database crawls today',
    ],
    ko: [
      '쿼리가 너무 오래 걸려',
      '응답 시간이 늘었어',
      '타임아웃이 나',
      '아침부터 성능이 떨어졌어',
      '레이턴시가 높아',
      '갑자기 버벅거려',
      '느리다고 불만이 많아',
      '다들 느리대',
      '오늘따라 응답이 늦어',
      '느려진 이유 조사',
    ],
  },
  arguments: [
    instance,
    {
      name: 'since',
      description: { en: 'When it became slow', ko: '느려지기 시작한 시각' },
      otherwise: { en: 'unknown; look at the last 3 hours', ko: '모름(최근 3시간을 봄)' },
    },
  ],
  text: {
    en: `
Slow instance: {instance}
Slow since: {since}

1. fleet_diagnose_instance: saturated CPU or connections, full storage, a running job or a pending change come first.
2. fleet_list_events from one hour before it became slow: deployment, resize, failover, backup, parameter change.
3. Measured values, before and after the moment:
   NHN: nhn_get_metric_statistics with CPU_USAGE, CPU_USAGE_IOWAIT, DATABASE_CONNECTIONS_ACTIVE,
   DATABASE_CONNECTIONS_TOTAL, DATABASE_CONNECTIONS_MAX, DATABASE_CACHE_HIT_RATIO, STORAGE_IO_READ (all names:
   nhn_list_metrics). Samsung, NAVER and cegedim.cloud offer none here: say so, and ask for the console's graphs.
4. Read them like this. CPU above 90 % for 15 minutes: queries or too small a size. I/O wait above 20 % or cache hits
   below 95 %: more is read than fits into memory. Connections above 80 % of the limit: a pool too large, or a leak.
   Many connections of which few are active: idle sessions. All quiet: locks, the network, or the client.
5. Settings: nhn_get_parameter_group or samsung_list_parameter_values for work_mem, max_connections, statement_timeout.
6. Inside, where a connection is configured: inspect_database with topics sessions, locks, statements and vacuum, then
   list_sessions for who waits for whom. The cause comes before the symptom: who blocks, since when, whom.
   end_session ends one that blocks, and asks first. Without a connection, a person with psql looks at
   pg_stat_activity and pg_stat_statements.

Report: when it began, the resource that saturates with its numbers, what preceded it, one proposal with its price.

Stop and ask before a resize, a restart or a parameter change, and whenever the numbers show nothing.
Do not call a larger size a fix while one query or one pool explains the load.
`,
    ko: `
대상: {instance}
느려진 시점: {since}

1. fleet_diagnose_instance: CPU나 커넥션 포화, 스토리지 부족, 진행 중인 작업, 적용 대기 변경부터 확인합니다.
2. fleet_list_events: 느려지기 1시간 전부터 배포, 사양 변경, 페일오버, 백업, 파라미터 변경이 있었는지 봅니다.
3. 지표를 그 시점 전후로 비교합니다.
   NHN: nhn_get_metric_statistics로 CPU_USAGE, CPU_USAGE_IOWAIT, DATABASE_CONNECTIONS_ACTIVE,
   DATABASE_CONNECTIONS_TOTAL, DATABASE_CONNECTIONS_MAX, DATABASE_CACHE_HIT_RATIO, STORAGE_IO_READ를 봅니다
   (전체 이름은 nhn_list_metrics). 삼성, 네이버, cegedim.cloud는 여기서 지표를 볼 수 없으니 콘솔 그래프를 요청합니다.
4. 판단 기준. CPU 90 % 초과가 15분 이상: 쿼리 문제 또는 사양 부족. I/O 대기 20 % 초과나 캐시 적중률 95 % 미만:
   메모리보다 많이 읽음. 커넥션이 한도의 80 % 초과: 풀 과다 또는 누수. 커넥션은 많은데 활성이 적음: 유휴 세션.
   모두 정상: 락, 네트워크, 클라이언트 쪽을 의심합니다.
5. 설정: nhn_get_parameter_group 또는 samsung_list_parameter_values로 work_mem, max_connections,
   statement_timeout을 확인합니다.
6. 내부 접속이 설정되어 있으면 inspect_database(주제 sessions, locks, statements, vacuum)를 보고, list_sessions로 누가
   누구를 기다리는지 확인합니다. 증상보다 원인이 먼저입니다: 누가, 언제부터, 몇 개를 막고 있는지. 막고 있는 세션은
   end_session으로 끝낼 수 있고 먼저 물어봅니다. 접속이 없으면 담당자가 psql로 pg_stat_activity와
   pg_stat_statements를 봅니다.

보고: 시작 시각, 포화된 자원과 수치, 직전 변경, 제안 하나와 그 대가.

멈추고 물어볼 때: 사양 변경, 재시작, 파라미터 변경 전. 지표에 아무것도 보이지 않을 때.
하지 말 것: 쿼리 하나나 커넥션 풀로 설명되는 부하를 증설로 덮기.
`,
  },
});
