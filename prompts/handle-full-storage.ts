import { definePrompt } from '../src/define/index.js';
import { instance } from './_arguments.js';

export const handleFullStorage = definePrompt({
  name: 'handle_full_storage',
  title: { en: 'Storage is filling up', ko: '스토리지가 차오를 때' },
  description: {
    en: 'Tells when the storage of an instance will be full, what fills it, and how to gain room before that.',
    ko: '스토리지가 언제 가득 차는지, 무엇이 채우는지, 그 전에 어떻게 여유를 확보할지 알아냅니다.',
  },
  asks: {
    en: [
      'the file system has no room',
      'disk about to run out',
      'when will it be full',
      'writes fail because there is no room',
      'volume at ninety five percent',
      'make room on the disk',
      'how many days until there is no space',
      'storage keeps growing',
      'free up space',
    ],
    ko: [
      '디스크 용량 부족',
      '공간이 얼마 안 남았어',
      '언제 꽉 차나',
      '쓰기가 안 돼 용량 때문에',
      '볼륨 95퍼센트',
      '디스크 여유 만들기',
      '며칠이면 디스크가 다 차나',
      '저장 공간이 계속 늘어',
      '용량이 곧 바닥나',
    ],
  },
  arguments: [instance],
  text: {
    en: `
Filling storage: {instance}

1. fleet_diagnose_instance: use in percent, and when it is full by the trend. 85 % is a warning; 95 %, or full within
   72 hours, is urgent. At 100 % PostgreSQL stops taking writes.
2. What fills it. NHN: nhn_get_metric_statistics with STORAGE_USAGE and STORAGE_WAL_USAGE_BYTE over 7 days.
   cegedim.cloud: the file systems in cegedim_list_nodes. Samsung: disks and sizes in samsung_get_cluster.
   A steady slope is data. A sudden one is WAL, a bulk load, temporary files or logs.
3. Growing WAL: look at the replicas (fleet_get_instance) and the archive (samsung_get_archive_config). A replica that
   is gone, or an archive that fails, makes the primary keep WAL. Mend that first; more room only buys time.
   Inside, where a connection is configured: inspect_database with topics replication, storage and vacuum names the
   slot that keeps WAL, the dead rows, and what holds back vacuum.
4. fleet_list_events since the slope changed: bulk load, backup, replica, failover.
5. Gaining room, as a proposal with the new size (30 % free after 30 days of this trend):
   NHN: nhn_modify_storage_info, which restarts the instance; nhn_modify_maintenance_info can turn on the clean-up of
   logs and WAL archives. Samsung: samsung_resize_block_storage with the DATA group of samsung_get_cluster.
   NAVER and cegedim.cloud have no tool for it: the provider's console or support. Growth is never undone.
6. After a change: wait_for_job, then fleet_diagnose_instance again.

Stop and ask before growing (cost, restart), before any clean-up, and at once above 95 %.
Do not delete files or backups to gain room, do not restart a full instance, do not touch WAL.
`,
    ko: `
스토리지 부족 대상: {instance}

1. fleet_diagnose_instance: 사용률과 추세상 가득 차는 시각을 봅니다. 85 %는 경고, 95 % 이상이거나 72시간 안에
   가득 차면 긴급입니다. 100 %가 되면 PostgreSQL은 쓰기를 받지 못합니다.
2. 무엇이 채우는지 확인합니다. NHN: nhn_get_metric_statistics로 STORAGE_USAGE, STORAGE_WAL_USAGE_BYTE를 7일치 봅니다.
   cegedim.cloud: cegedim_list_nodes의 파일 시스템. 삼성: samsung_get_cluster의 디스크와 크기.
   완만한 증가는 데이터, 급격한 증가는 WAL, 대량 적재, 임시 파일, 로그입니다.
3. WAL이 늘면 복제본(fleet_get_instance)과 아카이브(samsung_get_archive_config)를 봅니다. 끊긴 복제본이나 실패하는
   아카이브 때문에 프라이머리가 WAL을 지우지 못합니다. 증설은 시간을 벌 뿐이니 원인부터 고칩니다.
   내부 접속이 설정되어 있으면 inspect_database(주제 replication, storage, vacuum)가 WAL을 붙잡은 슬롯, 데드 튜플,
   배큠을 막는 트랜잭션을 알려 줍니다.
4. fleet_list_events: 기울기가 바뀐 시점부터 대량 적재, 백업, 복제본, 페일오버를 찾습니다.
5. 여유 확보는 새 크기와 함께 제안합니다(현 추세로 30일 뒤에도 30 % 여유).
   NHN: nhn_modify_storage_info(재시작됨). nhn_modify_maintenance_info로 로그와 WAL 아카이브 자동 정리를 켤 수 있습니다.
   삼성: samsung_get_cluster에서 DATA 그룹을 찾아 samsung_resize_block_storage.
   네이버와 cegedim.cloud에는 해당 도구가 없어 콘솔이나 고객 지원을 이용합니다. 늘린 용량은 줄일 수 없습니다.
6. 변경 뒤에는 wait_for_job으로 완료를 확인하고 fleet_diagnose_instance를 다시 실행합니다.

멈추고 물어볼 때: 증설 전(비용, 재시작), 정리 작업 전, 95 %를 넘으면 즉시.
하지 말 것: 공간을 만들려고 파일이나 백업 삭제, 가득 찬 인스턴스 재시작, WAL 건드리기.
`,
  },
});
