import { definePrompt } from '../src/define/index.js';
import { anyProvider } from './_arguments.js';

export const checkBackups = definePrompt({
  name: 'check_backups',
  title: { en: 'Are we backed up?', ko: '백업은 되고 있는가' },
  description: {
    en: 'Checks for every instance that backups are on, recent, kept long enough, and restorable.',
    ko: '모든 인스턴스의 백업이 켜져 있고 최신이며 충분히 보관되고 복구 가능한지 확인합니다.',
  },
  asks: {
    en: [
      'do our backups work',
      'backup report for the auditor',
      'which databases have no recent backup',
      'could we recover if we lost one',
      'retention long enough everywhere',
      'proof that everything is saved',
      'are all backups succeeding',
      'audit evidence for recovery',
      'show that nothing is without a backup',
    ],
    ko: [
      '백업 잘 되고 있나',
      '백업 점검 보고서',
      '최근 백업이 없는 디비',
      '날아가면 복구할 수 있나',
      '보관 기간 충분한지',
      '감사용 백업 현황',
      '모두 백업되고 있나',
      '백업 실패한 데 없는지 점검',
      '감사 대비 복구 가능 여부',
    ],
  },
  arguments: [anyProvider],
  text: {
    en: `
Backups of: {provider}

1. fleet_check, topic backups: backups off, none ever made, or the newest older than its schedule allows (26 hours for
   a daily one). With moment, such as yesterday noon, it says for each instance whether that can be restored, and why.
2. fleet_overview: every instance belongs into the table. Replicas and standbys are backed up through their primary;
   a stopped instance makes no backup, so note the age of its last.
3. Evidence for each primary:
   NHN: nhn_get_backup_info (retention, windows), nhn_list_backups, nhn_get_restoration_info (the restorable range).
   Samsung: samsung_list_backup_histories; samsung_get_archive_config, without which there is no point in time.
   NAVER: naver_list_backups, then naver_list_backup_details. cegedim.cloud: the backup policy in
   cegedim_get_instance and the last backups in cegedim_list_nodes.
4. Failures: fleet_list_events with the text "backup" over 7 days. One failure that the next night mended is a notice,
   two in a row are a finding.
5. Ask for the promised numbers: how much may be lost (recovery point), how soon back (recovery time), how long kept.
6. When was a restore last tried? Without a date the answer is "untested": propose the runbook rehearse_restore.

Report: a table with instance, newest backup and age, retention, restorable range, tested or not; above it one sentence
that answers the question: yes, no, or yes except for those named.

Stop and ask before turning anything on or taking a backup at a busy hour (nhn_backup_db_instance, samsung_set_backup).
Do not shorten retention, do not delete backups, do not count a missing answer as a backup.
`,
    ko: `
백업 점검 범위: {provider}

1. fleet_check(주제 backups): 백업이 꺼져 있거나 한 번도 없었거나 최신 백업이 주기보다 오래된 것(매일이면 26시간
   초과)을 찾습니다. moment(예: 어제 정오)를 주면 인스턴스마다 그 시점으로 복구할 수 있는지와 이유를 말합니다.
2. fleet_overview: 모든 인스턴스를 표에 올립니다. 복제본과 스탠바이는 프라이머리를 통해 백업됩니다. 중지된 인스턴스는
   백업이 돌지 않으므로 마지막 백업의 경과 시간을 적습니다.
3. 프라이머리별 근거.
   NHN: nhn_get_backup_info(보관 기간, 시간대), nhn_list_backups, nhn_get_restoration_info(복구 가능 범위).
   삼성: samsung_list_backup_histories, samsung_get_archive_config(아카이브가 없으면 시점 복구 불가).
   네이버: naver_list_backups, 이어서 naver_list_backup_details. cegedim.cloud: cegedim_get_instance의 백업 정책과
   cegedim_list_nodes의 최근 백업.
4. 실패 이력: fleet_list_events로 7일간 "backup"을 검색합니다. 다음 날 성공한 1회 실패는 참고, 2회 연속은 문제입니다.
5. 약속된 값을 물어봅니다: 허용 유실량(RPO), 복구 시간(RTO), 보관 기간.
6. 마지막 복구 훈련은 언제였는지 확인합니다. 날짜가 없으면 '검증 안 됨'이며 런북 rehearse_restore를 제안합니다.

보고: 인스턴스, 최신 백업과 경과 시간, 보관 기간, 복구 가능 범위, 검증 여부를 표로 정리하고, 그 위에 한 문장으로
답합니다: 예, 아니요, 또는 '다음을 제외하고 예'.

멈추고 물어볼 때: 백업을 켜거나 업무 시간에 백업을 뜨기 전(nhn_backup_db_instance, samsung_set_backup).
하지 말 것: 보관 기간 단축, 백업 삭제, 응답이 없는 것을 백업된 것으로 세기.
`,
  },
});
