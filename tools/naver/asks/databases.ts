import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const databasesAsks: Asks = {
  naver_list_databases: {
    en: [
      'which databases are inside',
      '\\l in psql',
      'database owners',
      'schemas on this server',
      'does the app database exist',
      'names of DBs in the instance',
    ],
    ko: [
      '안에 데이터베이스 뭐 있어',
      'psql \\l',
      'DB 소유자 확인',
      '데이터베이스 이름들',
      '오너가 누구야',
      'app 디비 있는지',
    ],
  },
  naver_add_databases: {
    en: [
      'create database',
      'CREATE DATABASE shop',
      'one more schema for the app',
      'new empty db on this server',
      'several databases at once',
      'add a DB with an owner',
    ],
    ko: [
      '데이터베이스 추가',
      'CREATE DATABASE 쳐줘',
      '빈 디비 하나 만들기',
      '앱용 DB 생성',
      '기존 서버에 데이터베이스 더',
      '소유자 지정해서 DB 만들기',
    ],
  },
  naver_delete_databases: {
    en: [
      'DROP DATABASE',
      'remove a database but keep the server',
      'wipe the test db',
      'clear out an old schema',
      'get rid of shop_old',
      'erase databases',
    ],
    ko: [
      '데이터베이스 삭제',
      'DROP DATABASE 해줘',
      '서버는 두고 디비만 지워',
      '테스트 디비 날려',
      '옛날 데이터베이스 정리',
      'DB 드랍',
    ],
  },
};
