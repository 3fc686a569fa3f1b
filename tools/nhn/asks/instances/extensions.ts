import type { Asks } from '../../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const extensionsAsks: Asks = {
  nhn_list_extensions: {
    en: [
      'is postgis installed',
      '\\dx in psql',
      'which extensions are supported',
      'does pg_stat_statements exist here',
      'pgvector available?',
      'plugins of the database',
      'pending extension installs',
    ],
    ko: [
      'postgis 깔려 있어?',
      '익스텐션 목록',
      '확장 모듈 뭐 지원해',
      'pg_stat_statements 설치됐나',
      'pgvector 쓸 수 있나',
      '\\dx 보여줘',
      '설치 예약된 확장 확인',
    ],
  },
  nhn_install_extension: {
    en: [
      'CREATE EXTENSION',
      'install postgis',
      'we need pgvector',
      'add pg_trgm to the app database',
      'function uuid_generate_v4 does not exist',
      'enable pg_cron',
      'put a plugin on a database',
    ],
    ko: [
      'CREATE EXTENSION 해줘',
      'postgis 설치',
      'pgvector 추가하고 싶어',
      'uuid-ossp 깔아줘',
      '확장 모듈 설치 예약',
      'pg_trgm 활성화',
      '익스텐션 올려줘',
    ],
  },
  nhn_delete_extension: {
    en: [
      'DROP EXTENSION',
      'uninstall postgis',
      'remove pg_cron from a database',
      'cancel the pending extension install',
      'I picked the wrong extension, take it back',
      'plugin is not needed any more',
    ],
    ko: [
      'DROP EXTENSION 해줘',
      '익스텐션 제거',
      'postgis 삭제',
      '확장 설치 예약 취소',
      '잘못 고른 확장 빼줘',
      '안 쓰는 확장 모듈 언인스톨',
    ],
  },
  nhn_apply_extension_changes: {
    en: [
      'extension is reserved but not there yet',
      'run the pending extension installs',
      'make the reserved plugin changes real',
      'carry out installs and removals of extensions',
      'still cannot use pgvector after reserving it',
      'commit extension changes',
    ],
    ko: [
      '예약한 확장 적용해줘',
      '익스텐션 변경 반영',
      '확장 설치 예약만 되고 안 깔렸어',
      '예약된 설치 제거 실행',
      '확장 모듈 변경 사항 적용',
      '익스텐션 예약분 한 번에 처리',
    ],
  },
  nhn_sync_extensions: {
    en: [
      'list of extensions is out of date',
      'CREATE EXTENSION by psql, console does not show it',
      'refresh installed extensions',
      'console and database disagree on plugins',
      'rescan extensions',
      'reload extension info from the db',
    ],
    ko: [
      '익스텐션 동기화',
      'psql로 확장 깔았는데 콘솔에 안 보여',
      '확장 목록 갱신',
      '콘솔이랑 실제 확장이 달라',
      '확장 정보 새로고침',
      '확장 현황 다시 읽어와',
    ],
  },
};
