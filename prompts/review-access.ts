import { definePrompt } from '../src/define/index.js';
import { anyProvider } from './_arguments.js';

export const reviewAccess = definePrompt({
  name: 'review_access',
  title: { en: 'Who can get in?', ko: '누가 접속할 수 있는가' },
  description: {
    en: 'Reviews exposure: public addresses, open networks, rules without a password, logins with too many rights.',
    ko: '외부 노출을 점검합니다: 공인 주소, 열린 네트워크, 비밀번호 없는 규칙, 과도한 권한의 계정.',
  },
  asks: {
    en: [
      'security audit of logins',
      'who has too many rights',
      'find open doors',
      'exposure to the internet',
      'access review for compliance',
      'weak rules in the firewall',
      'who is able to connect',
      'which doors are too wide',
      'tighten what is reachable',
      'list of everyone with access',
    ],
    ko: [
      '접속 권한 감사',
      '열린 문 찾기',
      '권한이 과한 계정',
      '인터넷 노출 점검',
      '방화벽 규칙 점검',
      '보안 심사 준비',
      '접속 현황 훑어보기',
      '너무 넓게 열린 곳',
      '접근 범위 좁히기',
      '들어올 수 있는 사람 목록',
    ],
  },
  arguments: [anyProvider],
  text: {
    en: `
Exposure review of: {provider}

1. fleet_check, topic exposure: public access, 0.0.0.0/0 or ::/0, TRUST, deletion protection. The worst comes first.
2. fleet_overview: instances that the check could not look at. List them as unknown.
3. For each finding, the doors one behind the other; a way in needs all of them open:
   network: public address or not (fleet_get_instance), NHN security groups (nhn_get_db_security_group), allowed
   addresses at Samsung (samsung_get_cluster). NAVER's access control groups and cegedim.cloud's firewall are not in
   their API: ask for the console.
   rules: nhn_list_hba_rules; the first match decides, and reserved changes are not live yet.
   logins: nhn_list_db_users, naver_list_db_users. Shared names, DDL rights of an application, people who have left.
   Inside, where there is a connection (database_access makes one, once a person agrees): inspect_database with topic
   security: powerful logins, schemas open to everybody, sessions without TLS, old password hashes. What
   database_access made is a door too: its remove closes it.
4. Classify. Critical: from the internet without a password, or to everyone. High: 0.0.0.0/0 with a password.
   Medium: ranges wider than /16, logins with more rights than needed. Low: unused logins.
5. Whom would a closed door hit? Ask for the addresses of applications before proposing anything.

Report: a table with instance, door, who gets in, class, and the call that closes it, such as nhn_modify_hba_rule,
nhn_modify_network_info, samsung_set_security_group_rules with del_ip_addresses, naver_change_db_users.

Stop and ask before each change, one at a time: the wrong order locks applications out. nhn_apply_hba_rules makes all
reserved changes live at once, so read them all first.
Do not open anything "for a test", do not print passwords, do not call unknown closed.
`,
    ko: `
노출 점검 범위: {provider}

1. fleet_check(주제 exposure): 공인 접근, 0.0.0.0/0 또는 ::/0, TRUST, 삭제 보호를 위험한 순서로 봅니다.
2. fleet_overview: 점검하지 못한 인스턴스를 찾아 '알 수 없음'으로 적습니다.
3. 항목마다 문을 순서대로 확인합니다. 모든 문이 열려 있어야 실제로 들어올 수 있습니다.
   네트워크: 공인 주소 여부(fleet_get_instance), NHN 보안 그룹(nhn_get_db_security_group), 삼성의 허용
   주소(samsung_get_cluster). 네이버 ACG와 cegedim.cloud 방화벽은 API에 없으니 콘솔 확인을 요청합니다.
   규칙: nhn_list_hba_rules. 먼저 일치하는 규칙이 결정하며, 예약된 변경은 아직 적용 전입니다.
   계정: nhn_list_db_users, naver_list_db_users. 공용 계정, 애플리케이션의 DDL 권한, 퇴사자 계정을 찾습니다.
   내부 접속이 있으면(없으면 담당자 동의 후 database_access로 생성) inspect_database(주제 security)로 강한 권한의
   로그인, 누구나 쓰는 스키마, TLS 없는 세션, 오래된 비밀번호 해시를 확인합니다. database_access가 만든 계정도 문이며
   remove로 닫습니다.
4. 분류. 치명적: 인터넷에서 비밀번호 없이 또는 누구나. 높음: 비밀번호가 있는 0.0.0.0/0. 중간: /16보다 넓은 대역,
   과도한 권한. 낮음: 쓰지 않는 계정.
5. 문을 닫으면 누가 영향을 받는지, 제안하기 전에 애플리케이션의 접속 주소를 물어봅니다.

보고: 인스턴스, 문, 접속 가능한 대상, 등급, 닫는 호출을 표로 정리합니다. 예: nhn_modify_hba_rule,
nhn_modify_network_info, samsung_set_security_group_rules(del_ip_addresses), naver_change_db_users.

멈추고 물어볼 때: 변경마다 하나씩. 순서가 틀리면 서비스 접속이 끊깁니다. nhn_apply_hba_rules는 예약된 변경을 한꺼번에
적용하므로 먼저 모두 읽습니다.
하지 말 것: '테스트로' 열기, 비밀번호 출력, 알 수 없는 것을 닫혔다고 말하기.
`,
  },
});
