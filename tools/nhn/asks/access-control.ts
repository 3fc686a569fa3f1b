import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const accessControlAsks: Asks = {
  nhn_list_hba_rules: {
    en: [
      'who can connect from anywhere',
      'show pg_hba.conf',
      'any 0.0.0.0/0 or trust entries',
      'is this ip allowed to log in',
      'no pg_hba.conf entry for host',
      'which access rules are still pending',
      'can app_user reach this database from the office',
      'audit of client authentication',
    ],
    ko: [
      'pg_hba 보여줘',
      '어디서든 접속 가능한 규칙 있나',
      '누가 어느 IP에서 접속할 수 있지',
      '0.0.0.0/0 열려 있는 데 찾아줘',
      'no pg_hba.conf entry 에러 원인',
      '아직 반영 안 된 접근 제어 규칙',
      '접근제어 목록 확인',
      '비밀번호 없이 들어오는 trust 설정 있어?',
    ],
  },
  nhn_create_hba_rule: {
    en: [
      'allow this ip to log in',
      'add a line to pg_hba.conf',
      'permit the app server subnet for one database',
      'whitelist a client address for a user',
      'block a range with reject',
      'host not permitted, add an entry',
      'grant login from the VPN range',
    ],
    ko: [
      'pg_hba에 한 줄 추가해줘',
      '이 IP 접속 허용해줘',
      '새 앱 서버 대역 접근 규칙 등록',
      '특정 유저만 사무실 IP에서 로그인되게',
      'reject 규칙 하나 넣어줘',
      '화이트리스트에 주소 추가',
      '접속 허용 규칙 새로 만들기',
    ],
  },
  nhn_modify_hba_rule: {
    en: [
      'switch an entry from trust to scram-sha-256',
      'narrow 0.0.0.0/0 of an existing rule',
      'change the address of an access rule',
      'edit a line of pg_hba.conf',
      'the app moved, update its allowed range',
      'require a password in that rule',
    ],
    ko: [
      'trust를 scram으로 바꿔줘',
      '기존 pg_hba 규칙 수정',
      '접근 규칙 IP 대역 좁혀줘',
      '앱 서버 IP 바뀌어서 규칙 고쳐야 해',
      '인증 방식 변경',
      '접근제어 규칙 대상 유저 바꾸기',
    ],
  },
  nhn_delete_hba_rule: {
    en: [
      'remove a line from pg_hba.conf',
      'that client should not log in any more',
      'drop an old access entry',
      'revoke the allowed address of a vendor',
      'clean up stale login rules',
      'take the wide open rule out',
    ],
    ko: [
      'pg_hba 규칙 하나 지워줘',
      '외주 업체 IP 접속 허용 해제',
      '안 쓰는 접근제어 규칙 삭제',
      '전체 열린 규칙 빼줘',
      '더 이상 접속 못 하게 규칙 제거',
      '예전 접속 허용 항목 정리',
    ],
  },
  nhn_reorder_hba_rules: {
    en: [
      'put the reject entry first',
      'wrong pg_hba line matches first',
      'change the priority of access rules',
      'move a rule to the top',
      'order of access entries matters',
      'a broader rule wins over mine',
    ],
    ko: [
      'pg_hba 순서 바꿔줘',
      'reject 규칙을 맨 위로 올려줘',
      '접근 규칙 우선순위 변경',
      '위에 있는 규칙이 먼저 걸려',
      '접근제어 순번 조정',
      '규칙 위아래 자리 바꾸기',
    ],
  },
  nhn_apply_hba_rules: {
    en: [
      'reload pg_hba',
      'make the pending access rules live',
      'I added an entry but still cannot connect',
      'pg_reload_conf after editing access',
      'activate reserved login rules',
      'push access control changes to the server',
    ],
    ko: [
      'pg_hba 변경 적용해줘',
      '접근제어 규칙 반영',
      '규칙 추가했는데 아직 접속이 안 돼',
      'pg_hba 리로드',
      '예약된 접근 규칙 실제로 적용',
      '접근 제어 변경분 한 번에 배포',
    ],
  },
};
