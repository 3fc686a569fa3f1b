import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const storageAsks: Asks = {
  samsung_add_block_storage: {
    en: [
      'attach another disk',
      'extra volume',
      'second data disk',
      'new drive for the servers',
      'add a block device',
      'separate volume for wal or archive',
      'mount additional storage',
    ],
    ko: [
      '디스크 추가 장착',
      '볼륨 하나 더 붙여',
      '블록 스토리지 추가',
      '데이터 디스크 한 개 더',
      '추가 볼륨 연결',
      '아카이브용 디스크 따로',
      '새 디스크 마운트',
    ],
  },
  samsung_resize_block_storage: {
    en: [
      'disk is full, grow it',
      'expand existing volume',
      'no space left on device',
      'increase allocated storage',
      'from 100 to 500 GB',
      'running out of room',
      'PANIC could not write to file',
      'enlarge the data disk',
    ],
    ko: [
      '디스크 꽉 찼어',
      '용량 증설',
      '볼륨 크기 늘리기',
      '스토리지 확장',
      '100기가에서 500기가로',
      '공간 부족',
      '남은 용량이 없어',
      '기존 디스크 키워줘',
    ],
  },
};
