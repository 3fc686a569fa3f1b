import { severityWords } from '../../define/finding.js';
import { sanitizeText } from '../../values/sanitize-text.js';
import type { HookEvent } from './event.js';
import type { HookLanguage } from './target.js';

type Fact = (key: string) => string;

/** The sentence of each kind of event. A fact that an event does not have is left out. */
const sentences: Record<HookLanguage, Record<HookEvent['type'], (fact: Fact) => string>> = {
  en: {
    'approval.requested': (fact) =>
      `A call waits for approval: ${fact('tool')} on ${fact('target')} (${fact('account')}, ${fact('risk')}), ` +
      `asked for by ${fact('caller')}, until ${fact('expires')}.`,
    'approval.decided': (fact) =>
      `Decided: ${fact('tool')} on ${fact('target')} (${fact('account')}) is ${fact('state')} ${by(fact)}`.trim(),
    'finding.opened': (fact) => `Found (${fact('severity')}): ${fact('title')}: ${fact('name')}, ${fact('instance')}.`,
    'finding.closed': (fact) => `No longer found: ${fact('title')}: ${fact('name')}, ${fact('instance')}.`,
    'job.ended': (fact) => `The job ${fact('job')} of ${fact('tool')} has ${fact('state')}.`,
    'audit.written': (fact) =>
      `Audit record ${fact('number')}: ${fact('event')} of ${fact('tool')} (${fact('account')}) ` +
      `by ${fact('caller')} ${fact('outcome')}`.trim(),
    'hooks.test': () => 'pgfleet can reach this place. This is a test.',
  },
  ko: {
    'approval.requested': (fact) =>
      `승인을 기다리는 호출: ${fact('target')}에 대한 ${fact('tool')} (${fact('account')}, ${fact('risk')}), ` +
      `요청자 ${fact('caller')}, 기한 ${fact('expires')}.`,
    'approval.decided': (fact) =>
      `결정됨: ${fact('target')}에 대한 ${fact('tool')} (${fact('account')}): ` +
      `${koreanOf(fact('state'))} ${fact('by')}`.trim(),
    'finding.opened': (fact) =>
      `발견 (${koreanOf(fact('severity'))}): ${fact('title')}: ${fact('name')}, ${fact('instance')}.`,
    'finding.closed': (fact) => `해소됨: ${fact('title')}: ${fact('name')}, ${fact('instance')}.`,
    'job.ended': (fact) => `작업 종료: ${fact('tool')}의 ${fact('job')}: ${koreanOf(fact('state'))}.`,
    'audit.written': (fact) =>
      `감사 기록 ${fact('number')}: ${fact('tool')} ${fact('event')} (${fact('account')}), ` +
      `${fact('caller')} ${fact('outcome')}`.trim(),
    'hooks.test': () => 'pgfleet가 이곳에 연결할 수 있습니다. 시험 메시지입니다.',
  },
};

const by = (fact: Fact): string => (fact('by') === '' ? '' : `by ${fact('by')}`);

const korean: Readonly<Record<string, string>> = {
  approved: '승인',
  refused: '거절',
  withdrawn: '철회',
  confirmed: '대화에서 확인',
  succeeded: '성공',
  failed: '실패',
  ...severityWords.ko,
};
const koreanOf = (word: string): string => korean[word] ?? word;

/** What a link leads to. */
export const linkWords: Record<HookLanguage, string> = { en: 'Open the approval page', ko: '승인 페이지 열기' };

/** An event as one line of plain text. */
export const sentenceOf = (event: HookEvent, language: HookLanguage): string =>
  sentences[language][event.type]((key) => textOf(event.data[key]));

/** Texts come from people and providers. What is no text and no number stands in no sentence. */
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? sanitizeText(String(value), 200) : '';
