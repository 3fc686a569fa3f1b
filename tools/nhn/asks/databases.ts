import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const databasesAsks: Asks = {
  nhn_list_databases: {
    en: [
      '\\l in psql',
      'which databases are on this server',
      'names of all dbs and their schemas',
      'does the orders db exist here',
      'show databases',
      'list schemas of an instance',
      'how many logical databases',
    ],
    ko: [
      '데이터베이스 목록 보여줘',
      '이 서버에 무슨 DB 들어있어?',
      '스키마 뭐뭐 있나 확인',
      '\\l 결과 보고 싶어',
      'orders DB 있는지 봐줘',
      '인스턴스 안에 DB 몇 개야',
      '디비 이름 알려줘',
    ],
  },
  nhn_create_database: {
    en: [
      'createdb orders',
      'CREATE DATABASE for a new service',
      'I need an empty db on the same server',
      'add another logical database',
      'new schema space for the billing team',
      'make a db called inventory',
    ],
    ko: [
      '데이터베이스 하나 만들어줘',
      '새 서비스용 DB 추가',
      'createdb 해줘',
      '빈 디비 생성',
      '같은 서버에 DB 하나 더 파줘',
      '신규 스키마용 데이터베이스 필요해',
    ],
  },
  nhn_modify_database: {
    en: [
      'ALTER DATABASE RENAME TO',
      'rename a db',
      'the database has a typo in its name',
      'change orders to orders_old',
      'give the db another name',
      'swap database names',
    ],
    ko: [
      'DB 이름 바꿔줘',
      '데이터베이스 rename',
      '디비명 오타 수정',
      'orders를 orders_old로 변경',
      '데이터베이스 이름 변경하고 싶어',
      '디비 이름 교체',
    ],
  },
  nhn_delete_database: {
    en: [
      'dropdb orders_old',
      'DROP DATABASE',
      'get rid of the test db',
      'remove an old logical database',
      'wipe the temp database from the server',
      'we no longer need this db',
    ],
    ko: [
      'DB 드랍해줘',
      '데이터베이스 삭제',
      '테스트 디비 지워줘',
      '안 쓰는 DB 없애줘',
      'dropdb 실행',
      '임시로 만든 데이터베이스 제거',
    ],
  },
};
