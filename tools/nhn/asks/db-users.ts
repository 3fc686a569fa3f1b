import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const dbUsersAsks: Asks = {
  nhn_list_db_users: {
    en: [
      '\\du in psql',
      'which logins exist',
      'who has DDL rights',
      'list postgres roles and accounts',
      'does the account app_rw exist',
      'show users and their privileges',
      'audit of database accounts',
    ],
    ko: [
      'DB 계정 목록',
      '유저 누구누구 있어?',
      '어떤 계정이 DDL 권한 갖고 있지',
      '\\du 보여줘',
      '접속 계정 권한 확인',
      '롤 목록 조회',
      'report_ro 계정 있는지 봐줘',
      '디비 사용자 리스트',
    ],
  },
  nhn_create_db_user: {
    en: [
      'CREATE USER',
      'new login for the app',
      'give the analyst a read only account',
      'add a role with a password',
      'account for a new developer',
      'create user with DDL rights',
      'onboarding, needs database access',
    ],
    ko: [
      'DB 계정 만들어줘',
      '유저 하나 추가',
      '신규 입사자 디비 계정 발급',
      '앱에서 쓸 로그인 생성',
      'CREATE USER 해줘',
      'CRUD 권한 계정 하나 따줘',
      '읽기용 계정 신청',
    ],
  },
  nhn_modify_db_user: {
    en: [
      'reset the password of a login',
      'ALTER USER ... PASSWORD',
      'password authentication failed, forgot it',
      'rotate database credentials',
      'raise a user from CRUD to DDL',
      'rename an account',
      'password leaked, change it',
    ],
    ko: [
      '계정 비밀번호 변경',
      'DB 비번 까먹었어 초기화해줘',
      '패스워드 로테이션',
      '유저 권한 DDL로 올려줘',
      '계정 이름 바꾸기',
      '비밀번호 유출돼서 바꿔야 해',
      'ALTER USER 하고 싶어',
    ],
  },
  nhn_delete_db_user: {
    en: [
      'DROP USER',
      'remove the login of someone who left',
      'drop role',
      'this account is not used any more',
      'delete a leaked credential for good',
      'offboarding, take away database access',
    ],
    ko: [
      'DB 계정 삭제',
      '퇴사자 계정 지워줘',
      '안 쓰는 유저 제거',
      'DROP USER 해줘',
      '롤 없애줘',
      '접속 계정 회수',
      '로그인 폐기',
    ],
  },
};
