import { definePrompt } from '../src/define/index.js';

export const provisionInstance = definePrompt({
  name: 'provision_instance',
  title: { en: 'Provision an instance', ko: '인스턴스 생성' },
  description: {
    en: 'Creates a PostgreSQL instance step by step: choices, one plan to agree to, creation, checks.',
    ko: 'PostgreSQL 인스턴스를 단계별로 생성합니다: 선택, 계획 승인, 생성, 확인.',
  },
  asks: {
    en: [
      'we need a new database',
      'set up a fresh server',
      'spin up postgres for a project',
      'order an instance step by step',
      'database for the new team',
      'which choices for a new one',
      'guide me through a new instance',
      'what do I have to decide for a new server',
    ],
    ko: [
      '새 디비 하나 필요해',
      '프로젝트용 포스트그레스 띄우기',
      '신규 서버 만들기',
      '인스턴스 신청 절차',
      '새 팀에서 쓸 디비',
      '새로 만들 때 뭘 골라야 해',
      '새 인스턴스 만드는 과정 안내',
      '새 서버 구성 상담',
    ],
  },
  arguments: [
    {
      name: 'provider',
      description: { en: 'Where it is to run', ko: '생성할 제공자' },
      complete: 'provider',
    },
    {
      name: 'purpose',
      description: { en: 'What it is for, and how important that is', ko: '용도와 중요도' },
      otherwise: { en: 'not said yet; ask', ko: '미정(먼저 물어봄)' },
    },
  ],
  text: {
    en: `
New instance at: {provider}
Purpose: {purpose}

1. Ask once for what is missing: production or not, name, version, size, storage in a year, who connects from where,
   how much may be lost and how long it may be down, the budget and its owner.
2. fleet_overview for that provider: naming habits, a similar instance to follow, a name that is free.
3. Choices, by reading only:
   NHN: nhn_list_db_versions, nhn_list_db_flavors, nhn_list_storage_types, nhn_list_subnets, nhn_list_parameter_groups.
   Samsung: samsung_list_engine_versions, samsung_list_server_types; the subnet id comes from a person.
   NAVER: naver_list_image_products, naver_list_products, naver_list_target_vpcs, naver_list_target_subnets.
   cegedim.cloud: cegedim_get_instance of a similar one for productCode, serviceId and networkId.
4. Standards for production: high availability, daily backups kept 14 days or more, deletion protection where there
   is one, private network, only the addresses named. Storage for a year with 30 % free. Say what cannot be changed
   later (subnet, storage type, a larger disk). Password: secret://generate, never one from the conversation.
5. Show one plan: every argument with its reason, and the price where it is known. Wait for a clear yes.
6. Create once: nhn_create_db_instance, samsung_create_cluster, naver_create_instance or cegedim_create_instance. Then
   wait_for_job. If the outcome is unknown, look with fleet_overview before anything else; never create a second time.
7. Check: fleet_diagnose_instance is clean; backups on; not public; a person logs in from an application's address.

Hand over: reference, address, port, where the password file is, what is still open.
Stop and ask when a choice has no clear answer. Do not open it to the internet, do not copy an old instance's mistakes.
`,
    ko: `
생성할 제공자: {provider}
용도: {purpose}

1. 빠진 것을 한 번에 물어봅니다: 운영 여부, 이름, 버전, 사양, 1년 뒤 스토리지, 접속할 곳, 허용 유실량과 중단 시간,
   예산과 책임자.
2. fleet_overview: 해당 제공자의 이름 규칙, 참고할 비슷한 인스턴스, 이름 중복을 확인합니다.
3. 선택지를 조회만으로 확인합니다.
   NHN: nhn_list_db_versions, nhn_list_db_flavors, nhn_list_storage_types, nhn_list_subnets, nhn_list_parameter_groups.
   삼성: samsung_list_engine_versions, samsung_list_server_types. 서브넷 ID는 담당자에게 받습니다.
   네이버: naver_list_image_products, naver_list_products, naver_list_target_vpcs, naver_list_target_subnets.
   cegedim.cloud: 비슷한 인스턴스의 cegedim_get_instance에서 productCode, serviceId, networkId를 얻습니다.
4. 운영 기준: 고가용성, 14일 이상 보관하는 매일 백업, 가능하면 삭제 보호, 사설 네트워크, 지정된 주소만 허용. 1년 치에
   30 % 여유를 둔 스토리지. 나중에 못 바꾸는 것(서브넷, 스토리지 종류, 늘린 디스크)을 밝힙니다.
   비밀번호는 secret://generate를 쓰고 대화에 나온 값은 쓰지 않습니다.
5. 계획 하나로 보여 줍니다: 모든 인자와 이유, 아는 범위의 비용. 분명한 승인을 기다립니다.
6. 한 번만 생성합니다: nhn_create_db_instance, samsung_create_cluster, naver_create_instance, cegedim_create_instance 중
   하나. 이어서 wait_for_job. 결과를 알 수 없으면 먼저 fleet_overview로 확인하고, 두 번 생성하지 않습니다.
7. 확인: fleet_diagnose_instance에 항목이 없고, 백업이 켜져 있고, 공개되지 않았으며, 애플리케이션 주소에서 담당자가
   로그인되는지 봅니다.

인계: 참조, 주소, 포트, 비밀번호 파일 위치, 남은 일.
멈추고 물어볼 때: 답이 분명하지 않은 선택. 하지 말 것: 인터넷 공개, 옛 인스턴스의 잘못 답습.
`,
  },
});
