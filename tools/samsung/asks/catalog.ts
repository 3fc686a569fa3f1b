import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const catalogAsks: Asks = {
  samsung_list_engine_versions: {
    en: [
      'which postgres releases are on offer',
      'newest version we can install',
      'is PostgreSQL 17 supported yet',
      'end of service versions',
      'available engines for a new database',
      'is our release out of support',
      'versions I can patch to',
    ],
    ko: [
      '설치 가능한 포스트그레스 버전',
      '최신 버전 몇까지 지원해',
      'EOS 된 버전 목록',
      '지원 종료 버전 확인',
      'PG 17 쓸 수 있나',
      '엔진 버전 뭐 있어',
      '패치 가능한 버전 확인',
    ],
  },
  samsung_list_engine_version_properties: {
    en: [
      'attributes of one engine release',
      'what is special about this version',
      'capabilities of engine 15',
      'details behind an engine version id',
      'metadata of a postgres build',
      'properties of a release',
    ],
    ko: [
      '특정 엔진 버전 속성',
      '이 버전 상세 정보',
      '엔진 버전 id 스펙',
      '버전별 특성 조회',
      '버전 하나의 세부 항목',
      '엔진 프로퍼티 확인',
    ],
  },
  samsung_list_server_types: {
    en: [
      'instance classes',
      'machine sizes with cores and RAM',
      'which VM sizes can we pick',
      'flavors and tiers',
      'how much memory has db1v2m4',
      'bigger box options',
      'specs for sizing',
      'db.r5.large equivalent',
    ],
    ko: [
      '서버 타입 종류',
      '인스턴스 스펙 목록',
      '코어랑 메모리 사양표',
      '선택 가능한 플레이버',
      '인스턴스 클래스 뭐 있나',
      'vCPU 메모리 사이즈',
      '더 큰 사양 후보',
    ],
  },
};
