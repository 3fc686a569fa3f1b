import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const dbUsersAsks: Asks = {
  naver_list_db_users: {
    en: [
      'who has an account',
      'psql \\du',
      'logins and their allowed client IPs',
      'which user may replicate',
      'who can connect from anywhere',
      'roles on this database',
      'audit accounts',
    ],
    ko: [
      '계정 목록',
      '유저 누구 있어',
      '\\du 결과',
      '접속 허용 IP 확인',
      '복제 권한 있는 계정',
      '어디서든 접속되는 유저',
      '로그인 계정 점검',
    ],
  },
  naver_add_db_users: {
    en: [
      'CREATE USER in SQL',
      'CREATE ROLE',
      'new login for a developer',
      'account for the app',
      'give someone access',
      'onboarding a colleague',
      'read only user',
    ],
    ko: [
      '계정 만들어줘',
      '유저 추가',
      'CREATE USER 대신',
      '개발자 로그인 생성',
      '앱용 계정 발급',
      '신규 입사자 DB 접근',
      '읽기 전용 유저',
    ],
  },
  naver_change_db_users: {
    en: [
      'reset a password',
      'forgot the login secret',
      'rotate credentials',
      'restrict user to 10.0.0.0/8',
      'change host ip of an account',
      'grant replication',
      'password authentication failed',
      'ALTER USER',
    ],
    ko: [
      '비밀번호 변경',
      '패스워드 초기화',
      '암호 까먹었어',
      '계정 접속 IP 제한',
      '접근 대역 바꾸기',
      '복제 권한 주기',
      'ALTER USER 필요',
      '비번 교체',
    ],
  },
  naver_delete_db_users: {
    en: [
      'drop a user',
      'somebody left the team',
      'remove an account',
      'revoke all access of a login',
      'DROP ROLE',
      'lock out the contractor',
      'clean up stale accounts',
    ],
    ko: [
      '계정 삭제',
      '퇴사자 유저 제거',
      'DROP USER 해줘',
      '로그인 없애기',
      '안 쓰는 계정 정리',
      '접근 회수',
      '외주 계정 빼줘',
    ],
  },
};
