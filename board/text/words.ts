import { type Severity, severities, severityWords } from '../../src/define/finding.js';

/** All that the board says itself, in one language. What it shows of answers is in the words of the server. */
export interface Words {
  lang: string;
  fleet: string;
  approvals: string;
  waiting: string;
  asking: string;
  stopped: string;
  lookAgain: string;
  back: string;
  /** Said where what answers tell is in English, and the board is not. */
  inEnglish?: string;
  /** The board could not ask; the reason stands after it. */
  failed: string;
  /** The host passes no calls on. */
  noCalls: string;
  allWell: string;
  notAllSeen: string;
  /** Before each instance was examined. */
  wellSoFar: string;
  severity: Readonly<Record<Severity, string>>;
  wrong: (counts: Readonly<Record<Severity, number>>) => string;
  instances: (count: number) => string;
  lookedAt: (ago: string) => string;
  examining: string;
  more: (count: number) => string;
  furtherFindings: (count: number) => string;
  denied: (count: number) => string;
  /** The heading of an answer that has no view of its own. */
  answer: string;
  findings: string;
  noFindings: string;
  state: string;
  metrics: string;
  noMetrics: string;
  events: string;
  noEvents: string;
  backups: string;
  newestBackup: string;
  kept: (days: number) => string;
  on: string;
  off: string;
  yes: string;
  no: string;
  inside: string;
  nothingInside: string;
  notSeen: (what: string) => string;
  related: string;
  alone: string;
  facts: Readonly<Record<Fact, string>>;
  series: (metric: string, from: string, to: string) => string;
  values: (minimum: string, mean: string, maximum: string, last: string) => string;
  plan: string;
  notSent: string;
  waitsFor: Readonly<Record<'confirmation_required' | 'approval_pending', string>>;
  until: (time: string) => string;
  expired: string;
}

/** What is told of an instance as names and values. */
type Fact =
  | 'reference'
  | 'role'
  | 'version'
  | 'size'
  | 'storage'
  | 'highAvailability'
  | 'endpoints'
  | 'publicAccess'
  | 'created';

const counted = (counts: Readonly<Record<Severity, number>>, name: (severity: Severity, count: number) => string) =>
  severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => name(severity, counts[severity]))
    .join(', ');

const plural = (count: number, one: string, several = `${one}s`): string => `${count} ${count === 1 ? one : several}`;

const english: Words = {
  lang: 'en',
  fleet: 'The fleet',
  approvals: 'Approvals',
  waiting: 'Waiting for the answer…',
  asking: 'Asking…',
  stopped: 'The call was stopped.',
  lookAgain: 'Look again',
  back: 'Back to the fleet',
  failed: 'This could not be asked',
  noCalls: 'This host lets the board ask nothing: the assistant can examine and open instances.',
  allWell: 'Nothing is wrong',
  notAllSeen: 'Nothing found, but not all was seen',
  wellSoFar: 'Nothing is wrong at first sight',
  severity: severityWords.en,
  wrong: (counts) =>
    counted(counts, (severity, count) => (severity === 'critical' ? `${count} critical` : plural(count, severity))),
  instances: (count) => plural(count, 'instance'),
  lookedAt: (ago) => `looked at ${ago}`,
  examining: 'examining each instance…',
  more: (count) => `and ${count} more, which the assistant can list`,
  furtherFindings: (count) => `and ${plural(count, 'more finding', 'more findings')}, which the assistant can list`,
  denied: (count) => `${plural(count, 'instance is', 'instances are')} not shown: the policy denies it.`,
  answer: 'The answer',
  findings: 'What is wrong',
  noFindings: 'Nothing was found to be wrong.',
  state: 'State',
  metrics: 'Load of the last 24 hours',
  noMetrics: 'No measured values.',
  events: 'Events of the last 7 days',
  noEvents: 'No events.',
  backups: 'Backups',
  newestBackup: 'Newest backup',
  kept: (days) => `kept for ${plural(days, 'day')}`,
  on: 'on',
  off: 'off',
  yes: 'yes',
  no: 'no',
  inside: 'Inside the database',
  nothingInside: 'Nothing was found to be wrong inside.',
  notSeen: (what) => `Not seen: ${what}`,
  related: 'Its group',
  alone: 'It stands alone.',
  facts: {
    reference: 'Reference',
    role: 'Role',
    version: 'PostgreSQL',
    size: 'Size',
    storage: 'Storage',
    highAvailability: 'High availability',
    endpoints: 'Endpoints',
    publicAccess: 'Reachable from the internet',
    created: 'Created',
  },
  series: (metric, from, to) => `${metric} from ${from} to ${to}`,
  values: (minimum, mean, maximum, last) => `minimum ${minimum}, mean ${mean}, maximum ${maximum}, last ${last}`,
  plan: 'Waits for a yes',
  notSent: 'Nothing was sent yet.',
  waitsFor: {
    confirmation_required: 'It goes ahead only once you tell the assistant so. Nothing on this board confirms it.',
    approval_pending: 'A person decides on it on the approval page. Nothing on this board approves it.',
  },
  until: (time) => `It can be confirmed until ${time}.`,
  expired: 'Its time is over: it has to be asked for again.',
};

const korean: Words = {
  lang: 'ko',
  fleet: '전체 인스턴스',
  approvals: '승인',
  waiting: '응답을 기다리는 중…',
  asking: '조회하는 중…',
  stopped: '호출이 중단되었습니다.',
  lookAgain: '다시 조회',
  back: '전체 목록으로',
  inEnglish: '발견된 문제, 이벤트, 계획의 내용은 영어로 표시됩니다.',
  failed: '조회하지 못했습니다',
  noCalls: '이 호스트에서는 보드가 직접 조회할 수 없습니다. 점검과 상세 조회는 어시스턴트에게 요청하세요.',
  allWell: '이상이 없습니다',
  notAllSeen: '발견된 문제는 없지만 일부를 조회하지 못했습니다',
  severity: severityWords.ko,
  wrong: (counts) => counted(counts, (severity, count) => `${severityWords.ko[severity]} ${count}건`),
  instances: (count) => `인스턴스 ${count}개`,
  lookedAt: (ago) => `${ago} 조회`,
  examining: '인스턴스를 하나씩 점검하는 중…',
  furtherFindings: (count) => `발견된 문제 ${count}건이 더 있습니다. 어시스턴트에게 물어보세요`,
  denied: (count) => `정책에 따라 인스턴스 ${count}개는 표시하지 않습니다.`,
  answer: '응답',
  wellSoFar: '우선 보기에는 이상이 없습니다',
  more: (count) => `외 ${count}개는 어시스턴트에게 물어보세요`,
  findings: '발견된 문제',
  noFindings: '발견된 문제가 없습니다.',
  state: '상태',
  metrics: '최근 24시간 부하',
  noMetrics: '측정값이 없습니다.',
  events: '최근 7일 이벤트',
  noEvents: '이벤트가 없습니다.',
  backups: '백업',
  newestBackup: '최신 백업',
  kept: (days) => `${days}일 보관`,
  on: '켜짐',
  off: '꺼짐',
  yes: '예',
  no: '아니요',
  inside: '데이터베이스 내부',
  nothingInside: '내부에서 발견된 문제가 없습니다.',
  notSeen: (what) => `확인하지 못함: ${what}`,
  related: '같은 그룹',
  alone: '단독 인스턴스입니다.',
  facts: {
    reference: '참조',
    role: '역할',
    version: 'PostgreSQL',
    size: '사양',
    storage: '스토리지',
    highAvailability: '고가용성',
    endpoints: '접속 주소',
    publicAccess: '인터넷에서 접속 가능',
    created: '생성',
  },
  series: (metric, from, to) => `${metric}, ${from}부터 ${to}까지`,
  values: (minimum, mean, maximum, last) => `최소 ${minimum}, 평균 ${mean}, 최대 ${maximum}, 현재 ${last}`,
  plan: '확인을 기다립니다',
  notSent: '아직 아무것도 전송되지 않았습니다.',
  waitsFor: {
    confirmation_required: '어시스턴트에게 동의해야 진행됩니다. 이 보드에서는 확인할 수 없습니다.',
    approval_pending: '담당자가 승인 페이지에서 결정합니다. 이 보드에서는 승인할 수 없습니다.',
  },
  until: (time) => `${time}까지 확인할 수 있습니다.`,
  expired: '시간이 지났습니다. 다시 요청해야 합니다.',
};

/** The words for a reader of this language. */
export const wordsFor = (locale: string): Words => (locale.startsWith('ko') ? korean : english);
