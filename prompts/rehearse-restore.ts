import { definePrompt } from '../src/define/index.js';
import { instance } from './_arguments.js';

export const rehearseRestore = definePrompt({
  name: 'rehearse_restore',
  title: { en: 'Rehearse a restore', ko: '복구 훈련' },
  description: {
    en: 'Restores a backup into a new, closed instance, measures how long it takes, and proves that the data is there.',
    ko: '백업을 격리된 새 인스턴스로 복구해 소요 시간을 재고 데이터가 온전한지 검증합니다.',
  },
  asks: {
    en: [
      'fire drill',
      'prove that a restore works',
      'disaster recovery exercise',
      'how long does recovery take',
      'test our backup for real',
      'measure the recovery time',
      'try a restore on the side',
      'practise recovery in another place',
      'exercise: bring it back as a copy',
    ],
    ko: [
      '복구 리허설',
      '재해 복구 연습',
      '복구가 되는지 증명',
      '복구에 얼마나 걸리나',
      '백업을 실제로 시험',
      'RTO 측정',
      '따로 복원해 보는 연습',
      '복구 훈련',
      '다른 데다 복원 시험',
    ],
  },
  arguments: [
    instance,
    {
      name: 'moment',
      description: { en: 'The moment to restore to', ko: '복구 시점' },
      otherwise: { en: 'the latest that can be restored', ko: '복구 가능한 가장 최근 시점' },
    },
  ],
  text: {
    en: `
Rehearse a restore of: {instance}
To: {moment}

1. fleet_get_instance: version, size, storage, network, newest backup. The copy needs at least that storage.
2. What can be restored. NHN: nhn_get_restoration_info. Samsung: samsung_list_backup_histories and
   samsung_get_archive_config. NAVER: naver_list_backup_details; no tool restores there, so ask for the console.
   cegedim.cloud: the backups in cegedim_list_nodes; its restore overwrites an instance, see below.
3. Propose the copy: name with the suffix of the day (letters only at Samsung), same version and storage, private
   network, one address allowed, no high availability, short retention; its price a day, and the day it goes.
4. After a yes, note the time and start. NHN: nhn_restore_db_instance. Samsung: samsung_create_restore_cluster.
   cegedim.cloud: cegedim_restore_instance only into a new instance made for this rehearsal. Then wait_for_job.
5. Check: fleet_get_instance says available; a person compares the newest rows, row counts of the largest tables,
   extensions and logins with the source.
6. Measured: minutes from start to available (recovery time) and age of the newest row (recovery point). Compare both
   with what was promised.
7. Propose to remove the copy, and only the copy: read its reference aloud before the call.

Report: what was restored from what, both numbers, what differed, what to improve.
Stop and ask before creating (cost) and before deleting. Personal data in a copy needs its owner's consent.
Do not restore over the source, do not open the copy to the internet, do not point applications at it.
`,
    ko: `
복구 훈련 대상: {instance}
복구 시점: {moment}

1. fleet_get_instance: 버전, 사양, 스토리지, 네트워크, 최신 백업. 사본의 스토리지는 원본 이상이어야 합니다.
2. 복구 가능 범위. NHN: nhn_get_restoration_info. 삼성: samsung_list_backup_histories와 samsung_get_archive_config.
   네이버: naver_list_backup_details(복구 도구는 없으니 콘솔을 요청).
   cegedim.cloud: cegedim_list_nodes의 백업. 복구가 인스턴스를 덮어쓰므로 아래를 따릅니다.
3. 사본을 제안합니다: 날짜를 붙인 이름(삼성은 영문자만), 같은 버전과 스토리지, 사설 네트워크, 허용 주소 하나,
   고가용성 없음, 짧은 보관 기간. 하루 비용과 삭제 예정일도 밝힙니다.
4. 승인 후 시각을 적고 시작합니다. NHN: nhn_restore_db_instance. 삼성: samsung_create_restore_cluster.
   cegedim.cloud: 이 훈련용으로 새로 만든 인스턴스에만 cegedim_restore_instance. 이어서 wait_for_job.
5. 검증: fleet_get_instance가 available인지 확인하고, 담당자가 최신 행, 큰 테이블의 행 수, 확장, 로그인을 원본과
   비교합니다.
6. 측정: 시작부터 available까지의 분(RTO)과 최신 행의 시각 차(RPO)를 약속한 값과 비교합니다.
7. 사본 삭제를 제안합니다. 사본만 지우며, 호출 전에 참조를 소리 내어 확인합니다.

보고: 무엇을 무엇에서 복구했는지, 두 수치, 차이점, 개선할 점.
멈추고 물어볼 때: 생성 전(비용)과 삭제 전. 개인정보가 든 사본은 데이터 책임자의 동의가 필요합니다.
하지 말 것: 원본 위에 복구, 사본의 인터넷 공개, 애플리케이션을 사본에 연결.
`,
  },
});
