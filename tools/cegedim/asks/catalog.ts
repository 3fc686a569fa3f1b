import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const catalogAsks: Asks = {
  cegedim_list_versions: {
    kinds: ['listUpgrades'],
    en: [
      'upgrade targets',
      'which major versions can it go to',
      'is 17 available',
      'newest postgres here',
      'versions for this instance',
      'what can I upgrade to',
      'list versions for upgrading',
      'which version can I upgrade to',
      'what major versions are supported',
      'newest possible version',
      'available PostgreSQL versions',
      'possible targets',
    ],
    ko: [
      '올릴 수 있는 버전',
      '업그레이드 대상',
      'PG 17 되나',
      '지원 메이저 버전',
      '최신 버전 뭐야',
      '버전 선택지',
      '업그레이드 가능한 버전',
      '몇 버전까지 올릴 수 있나',
      '지원 버전 목록',
    ],
  },
};
