import { html } from 'hono/html';
import { severities, severityWords } from '../../../define/index.js';
import type { PageWords } from './page-words.js';

const risks = { read: '조회', write: '변경', disruptive: '서비스 중단', exposing: '노출', destructive: '데이터 손실' };

const events: Readonly<Record<string, string>> = {
  attempt: '시도',
  outcome: '결과',
  refused: '거부',
  decision: '결정',
  look: '조회',
};

const verdicts = { approved: '승인', refused: '거절' };

const faults = {
  unknown: '그런 요청이 없거나 기한이 지났습니다.',
  decided: '이미 결정되었거나 다른 사람이 결정하는 중입니다. 요청을 다시 열어 확인하세요.',
  'own call': '정책에 따라 다른 사람이 결정해야 합니다. 본인이 요청한 호출은 승인할 수 없습니다.',
};

export const korean: PageWords = {
  lang: 'ko',
  approvals: '승인',
  board: '전체 인스턴스 보드',
  skip: '본문으로 건너뛰기',
  sandbox: '샌드박스: 이 인스턴스들은 메모리에만 있으며 실제가 아닙니다.',
  signedInAs: (name) => html`${name}(으)로 로그인됨`,
  signOut: '로그아웃',
  allRequests: '모든 요청',
  inEnglish: '호출의 설명과 공급자의 정보는 영어로 표시됩니다.',
  risk: (risk) => risks[risk],
  severity: severityWords.ko,
  list: {
    heading: (waiting) => (waiting === 0 ? '기다리는 요청이 없습니다' : `요청 ${waiting}건이 기다립니다`),
    renews: (seconds) => `이 목록은 ${seconds}초마다 새로 고쳐집니다.`,
    hold: '새로 고침 멈추기',
    asOf: (time) => `${time} 기준입니다.`,
    renew: '자동으로 새로 고치기',
    empty: '에이전트의 요청에 사람의 승인이 필요하면 여기에 표시됩니다.',
    asked: (caller, when, account) => html`${caller} 요청, ${when}, ${account}`,
    expires: (when) => html`기한 ${when}`,
    moreLater: (count) => `기한이 더 늦은 요청 ${count}건이 더 있습니다`,
    decided: '결정된 요청',
    closed: (when) => html`결정 없이 종료됨; 요청 ${when}`,
    verdict: (state, by, when) => html`${verdicts[state]}: ${by} ${when}`,
    audit: '최근 감사 기록',
    auditAway: '감사 기록을 읽지 못했습니다. 이유는 서버의 로그에 있습니다.',
    auditEmpty: '아직 기록이 없습니다.',
    event: (event) => events[event] ?? event,
    on: (target) => html`, 대상 ${target}`,
    by: (name, when) => html`${name}, ${when}`,
  },
  fleet: {
    heading: '전체 인스턴스',
    well: '이상이 없습니다',
    notAllAsked: '발견된 문제는 없지만 일부를 조회하지 못했습니다',
    found: (counts) =>
      severities
        .flatMap((severity) => (counts[severity] ? `${severityWords.ko[severity]} ${counts[severity]}건` : []))
        .join(', '),
    atFirstSight: (answer, instances) => html`우선 보기: ${answer} (인스턴스 ${instances}개)`,
    instances: (count) => `인스턴스 ${count}개`,
    unasked: (account, why) => `${account}을(를) 조회하지 못했습니다: ${why}`,
    denied: (count) => `정책에 따라 인스턴스 ${count}개는 표시하지 않습니다.`,
    first: '먼저 확인할 인스턴스',
    more: (count) => `외 ${count}개`,
    board: (link) => html`${link('보드')}에서 인스턴스를 하나씩 점검합니다.`,
    notShown: '이 서버의 정책에 따라 표시하지 않습니다.',
    away: '조회하지 못했습니다. 이유는 서버의 로그에 있습니다.',
    stillAsked: '공급자에게 조회하는 중입니다. 잠시 후 다시 열어 보세요.',
  },
  request: {
    at: (risk, account) => html`${risk} ${account}`,
    stakes: '승인하면 생기는 일',
    happens: '일어나는 일',
    wayBack: '되돌리는 방법',
    changes: '바뀌는 것',
    instances: '인스턴스',
    names: '이름이 가리키는 것',
    unseen: '확인하지 못한 것',
    who: '요청자',
    askedBy: '요청한 사람',
    program: '사용한 프로그램',
    noProgram: '이름 없음',
    asked: '요청 시각',
    expires: '기한',
    why: '승인이 필요한 이유',
    usualWhy: '이 서버에서는 이런 위험의 호출에 사람의 승인이 필요합니다.',
    concerns: '관련된 것',
    concernsHint:
      '호출 당시 공급자가 알려 준 내용입니다. 전송하기 전에 다시 확인하며, 그사이 바뀌었으면 이 승인은 무효입니다.',
    unreadable: (why) => `읽지 못했습니다: ${why}`,
    none: '없음',
    call: '호출',
    isOver: '기한이 지났습니다',
    isOvertaken: '대상이 바뀌어 무효가 되었습니다',
    closed: (why) => html`<strong>종료됨.</strong> ${why}. 더 이상 결정할 수 없습니다.`,
    verdict: (state, by, when) => html`<strong>${verdicts[state]}</strong>: ${by}, ${when}.`,
    next: (state, name) =>
      ({
        approved: '요청한 쪽이 다시 확인하면 바로 실행됩니다.',
        used: '실행되었거나 실행이 시작되었습니다. 결과는 감사 기록에 있습니다.',
        refused: `${name}에는 아무 일도 하지 않았습니다.`,
        pending: '',
      })[state],
    reason: (text) => html`이유: ${text}`,
    decision: '결정',
    until: (time) => `기한은 ${time}입니다. 결정은 이름과 함께 감사 기록에 남습니다.`,
    approve: '승인',
    approveCall: (title) => `승인: ${title}`,
    ownCall: '본인이 요청한 호출입니다. 정책에 따라 다른 사람이 결정해야 합니다.',
    refuse: '거절',
    reasonLabel: '이유 (선택)',
    type: (name) => html`승인하려면 ${name} 입력`,
    notApproved: '승인되지 않았습니다.',
  },
  signIn: {
    title: '로그인',
    lead: '피해를 줄 수 있는 호출이 승인할 수 있는 사람을 여기에서 기다립니다.',
    button: '로그인',
    organisation: '조직 계정으로 로그인',
    code: { label: '일회용 코드', hint: '서버가 시작할 때 터미널에 표시한 코드입니다. 한 번만 쓸 수 있습니다.' },
    token: { label: '액세스 토큰', hint: 'pgfleet:approve 권한 범위가 있는 토큰이 필요합니다.' },
    wrongCode: '코드가 맞지 않거나 이미 사용되었습니다. 서버를 다시 시작하면 새 코드가 표시됩니다.',
    wrongToken: '유효하지 않은 토큰입니다. 알 수 없는 토큰이거나 기한이 지났습니다.',
    tooLong: (characters) => `토큰은 ${characters}자까지 입력할 수 있습니다. 조직 계정으로 로그인하세요.`,
    failed: (why) => `로그인되지 않았습니다. ${why}`,
    over: '시간이 너무 오래 걸렸거나 다른 브라우저에서 시작되었습니다.',
  },
  fault: (code, _said, name) =>
    code === 'wrong name' ? `입력한 이름이 ${name}이(가) 아닙니다. 아무것도 승인되지 않았습니다.` : faults[code],
  told: {
    ownCall: '다른 사람이 승인해야 합니다',
    decided: '이미 결정되었습니다',
    expired: {
      title: '기한이 지난 요청입니다',
      text: '기한이 지나 아무것도 결정되지 않았고 전송되지도 않습니다. 요청한 쪽이 다시 요청할 수 있습니다.',
    },
    unknown: { title: '그런 요청이 없습니다', text: '이 ID의 요청이 없거나 기한이 지났습니다. 결정된 것은 없습니다.' },
    noPage: { title: '그런 페이지가 없습니다', text: '이 서버에 없는 주소입니다.' },
    mayNot: {
      title: '승인 권한이 없습니다',
      text:
        '로그인되었지만 이 페이지에 필요한 권한 범위 pgfleet:approve가 없습니다. pgfleet의 권한을 관리하는 사람이 ' +
        '추가한 뒤 로그아웃하고 다시 로그인하세요.',
    },
    signInAgain: {
      title: '다시 로그인하세요',
      text: '로그인이 만료되어 아무것도 결정되지 않았습니다. 로그인한 뒤 다시 보내세요.',
    },
    earlierForm: {
      title: '무효인 양식입니다',
      text: '이전 로그인 또는 다른 페이지의 양식입니다. 아무 일도 하지 않았습니다. 페이지를 다시 여세요.',
    },
    foreignForm: (here) => ({
      title: '무효인 양식입니다',
      text: `다른 주소에서 온 양식입니다. 아무 일도 하지 않았습니다. 이 페이지를 ${here} 주소로 여세요.`,
    }),
    tooMany: () => ({ title: '시도가 너무 많습니다', text: '1분 뒤에 다시 시도하세요.' }),
    notAsked: (said) => ({ title: '아무것도 결정되지 않았습니다', text: said }),
    failed: {
      title: '처리하지 못했습니다',
      text:
        'pgfleet의 오류이거나 요청을 보관하는 저장소에 연결할 수 없습니다. 자세한 내용은 서버의 로그에 있습니다. ' +
        '방금 결정했다면 요청을 다시 열어 반영되었는지 확인하세요.',
    },
    tooLong: '너무 깁니다.',
  },
};
