import { definePrompt } from '../src/define/index.js';
import { instance } from './_arguments.js';

export const prepareUpgrade = definePrompt({
  name: 'prepare_upgrade',
  title: { en: 'Prepare an upgrade', ko: '업그레이드 준비' },
  description: {
    en: 'Checks what stands between an instance and a newer PostgreSQL version, and writes the plan for the window.',
    ko: '새 PostgreSQL 버전으로 올리기 전에 걸림돌을 확인하고 작업 계획을 작성합니다.',
  },
  asks: {
    en: [
      'move to a newer major version',
      'plan the version jump',
      'end of life is near',
      'what breaks with PostgreSQL 17',
      'checklist before upgrading',
      'minor patch in the window',
      'what blocks the upgrade',
      'get off an old version',
      'readiness for a major upgrade',
    ],
    ko: [
      '메이저 버전 올릴 계획',
      '지원 종료가 다가와',
      '버전 올리면 뭐가 깨지나',
      '업그레이드 전 체크리스트',
      '패치 작업 준비',
      '최신 버전으로 가기',
      '구버전에서 벗어나기',
      '업그레이드 걸림돌',
      '버전 올리기 전 준비물',
    ],
  },
  arguments: [
    instance,
    {
      name: 'version',
      description: { en: 'The version to go to', ko: '올릴 버전' },
      otherwise: { en: 'the newest that the provider offers it', ko: '제공자가 지원하는 최신 버전' },
    },
  ],
  text: {
    en: `
Upgrade: {instance}
To: {version}

1. fleet_get_instance: version, role, replicas, size, endpoints. The replicas belong to the plan.
2. What is on offer. NHN: nhn_list_available_db_versions. Samsung: samsung_list_engine_versions. NAVER:
   naver_list_image_products (new instances only). cegedim.cloud: cegedim_list_versions.
3. Which way. A minor release is a short restart: samsung_patch_minor_version, replicas before their origin.
   A major one: cegedim_upgrade_instance in place. Where no tool upgrades in place (NHN, NAVER): a new instance of that
   version and a dump, or the provider's console. Say plainly which way it is.
4. Extensions, which most often block a major upgrade: nhn_list_extensions or cegedim_list_extensions; else a person
   lists pg_extension. Each needs a release for the new version.
5. Parameters that are not the default: nhn_get_parameter_group or samsung_list_parameter_values. Look for removed ones.
   Inside, where a connection is configured: inspect_database with topics replication, indexes, settings and security:
   slots, prepared transactions, invalid indexes and collations stand in the way of a major one.
6. fleet_diagnose_instance has to be clean but for the version. A backup younger than 24 hours has to exist, and a
   restore has to have worked (runbook rehearse_restore).
7. Rehearse on a restored copy: the upgrade, ANALYZE, the application's tests, and how long each took.

Write the plan: window and owner, steps as tool calls, checks after each, the moment of no return, and the way back (a
restore to a new instance: there is no downgrade), who is told.

Stop and ask for the window, for the owner's yes, and whenever an extension is in doubt.
Do not upgrade anything in this runbook: it ends with the plan.
`,
    ko: `
업그레이드 대상: {instance}
목표 버전: {version}

1. fleet_get_instance: 버전, 역할, 복제본, 사양, 접속 주소를 확인합니다. 복제본도 계획에 포함합니다.
2. 제공 버전. NHN: nhn_list_available_db_versions. 삼성: samsung_list_engine_versions. 네이버:
   naver_list_image_products(신규 인스턴스만). cegedim.cloud: cegedim_list_versions.
3. 방법. 마이너는 짧은 재시작입니다: samsung_patch_minor_version, 복제본을 원본보다 먼저.
   메이저: cegedim_upgrade_instance로 제자리 업그레이드. 제자리 업그레이드 도구가 없는 NHN과 네이버는 새 버전
   인스턴스로 덤프 이관하거나 콘솔을 이용합니다. 어떤 방법인지 분명히 밝힙니다.
4. 메이저 업그레이드를 가장 자주 막는 것은 확장입니다: nhn_list_extensions 또는 cegedim_list_extensions, 그 외에는
   담당자가 pg_extension을 조회합니다. 확장마다 새 버전 지원 여부를 확인합니다.
5. 기본값이 아닌 파라미터: nhn_get_parameter_group 또는 samsung_list_parameter_values. 폐지된 것을 찾습니다.
   내부 접속이 설정되어 있으면 inspect_database(주제 replication, indexes, settings, security)로 슬롯, 준비된
   트랜잭션, 유효하지 않은 인덱스, 정렬 버전을 확인합니다. 메이저 업그레이드를 막는 것들입니다.
6. fleet_diagnose_instance에 버전 외의 항목이 없어야 합니다. 24시간 이내 백업이 있고, 복구 훈련(런북
   rehearse_restore)에 성공한 적이 있어야 합니다.
7. 복구한 사본에서 업그레이드, ANALYZE, 애플리케이션 테스트를 해 보고 각각의 소요 시간을 잽니다.

계획서: 작업 시간과 책임자, 도구 호출로 적은 단계, 단계별 확인 사항, 되돌릴 수 없는 시점, 복구 방법(새 인스턴스로
복구, 다운그레이드는 없음), 공지 대상.

멈추고 물어볼 때: 작업 시간, 책임자의 승인, 확장 지원이 불확실할 때.
하지 말 것: 이 런북에서 실제 업그레이드. 계획서까지가 끝입니다.
`,
  },
});
