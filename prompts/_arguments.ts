import type { PromptArgument } from '../src/define/index.js';

export const instance: PromptArgument = {
  name: 'instance',
  description: {
    en: 'Reference such as nhn:<id>, or the name of the instance',
    ko: '인스턴스 참조(예: nhn:<id>) 또는 이름',
  },
  complete: 'instance',
};

export const anyProvider: PromptArgument = {
  name: 'provider',
  description: { en: 'One provider, to look at no other', ko: '한 제공자만 볼 때 그 이름' },
  otherwise: { en: 'all providers', ko: '전체 제공자' },
  complete: 'provider',
};
