import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const databasesAsks: Asks = {
  cegedim_list_databases: {
    en: [
      'which databases are on it',
      'psql \\l',
      'extensions enabled per database',
      'database names',
      'is PostGIS already installed',
      'what is inside the server',
      'what \\dx shows',
    ],
    ko: [
      '데이터베이스 목록',
      '안에 디비 뭐 있나',
      '설치된 익스텐션 확인',
      'PostGIS 깔려 있어',
      'DB 이름들',
      'psql \\l 결과',
    ],
  },
  cegedim_list_extensions: {
    en: [
      'extensions that are supported',
      'can I get pgvector',
      'does an extension need a restart',
      'available plugins',
      'select from pg_available_extensions',
      'is TimescaleDB offered',
    ],
    ko: [
      '설치 가능한 익스텐션',
      'pgvector 지원해',
      '확장 모듈 종류',
      '재시작 필요한 확장',
      '플러그인 뭐 있나',
      '지원 익스텐션 목록',
    ],
  },
  cegedim_install_extension: {
    en: [
      'CREATE EXTENSION',
      'install pgvector',
      'enable PostGIS in app',
      'add pg_stat_statements',
      'need uuid-ossp',
      'function does not exist, extension missing',
      'turn on a plugin',
    ],
    ko: [
      '익스텐션 설치',
      'pgvector 깔아줘',
      'PostGIS 활성화',
      'pg_stat_statements 추가',
      'CREATE EXTENSION 해줘',
      '확장 기능 켜기',
      'uuid-ossp 필요해',
    ],
  },
};
