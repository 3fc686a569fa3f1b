import { definePrompt } from '../src/define/index.js';
import { instance } from './_arguments.js';

export const reviewFailover = definePrompt({
  name: 'review_failover',
  title: { en: 'Review a failover', ko: '페일오버 검토' },
  description: {
    en: 'Reconstructs what failed over, when and why, and checks that redundancy, backups and clients are back.',
    ko: '무엇이 언제 왜 페일오버됐는지 재구성하고 이중화, 백업, 클라이언트가 정상화됐는지 확인합니다.',
  },
  asks: {
    en: [
      'it failed over, why',
      'post mortem of the switch',
      'is redundancy back',
      'primary and standby changed places',
      'did we lose data at the takeover',
      'after the failover what now',
      'look back at the takeover',
      'was the failover clean',
      'why did the standby become primary',
    ],
    ko: [
      '왜 페일오버됐나',
      '페일오버 사후 분석',
      '이중화 복구됐는지',
      '프라이머리가 바뀌었어',
      '전환 때 데이터 잃었나',
      '페일오버 뒤에 할 일',
      '절체 돌아보기',
      '절체가 제대로 됐는지',
      '지난 절체 되짚기',
    ],
  },
  arguments: [
    instance,
    {
      name: 'when',
      description: { en: 'About when it happened', ko: '발생한 대략의 시각' },
      otherwise: { en: 'within the last 24 hours', ko: '최근 24시간 이내' },
    },
  ],
  text: {
    en: `
Failed over: {instance}
When: {when}

1. fleet_get_instance: who is primary now, who is standby, is there a failed primary, what is the HA state.
2. fleet_list_events from two hours before to two hours after: the first symptom, the failover, the end. Note times.
3. Why: fleet_diagnose_instance on the old and on the new primary. The usual causes are full storage, a host failure,
   saturation that let health checks time out, maintenance, or a person who switched over on purpose.
   NHN: nhn_get_metric_statistics for the half hour before, and nhn_get_high_availability for ping interval and wait.
4. What it cost: the time without writes, and the replication lag just before (transactions that may be lost).
5. Is redundancy back? Until then the next failure is an outage.
   NHN: nhn_repair_high_availability joins the failed primary again; nhn_split_high_availability gives it up for good.
   nhn_resume_high_availability if it is only paused. Samsung: samsung_sync_cluster_state, then samsung_get_cluster.
6. Are backups going on at the new primary (fleet_check, topic backups), do replicas follow it, do clients use the
   address that moves with the primary?

Report: timeline, cause with evidence (or "not proven"), cost, what is open, what would prevent it.

Stop and ask before repair, split, or samsung_switchover_cluster back: going back is a second interruption and needs a
reason. Ask the application's owner about lost transactions.
Do not delete the failed primary while its data may still be needed.
`,
    ko: `
페일오버 대상: {instance}
발생 시각: {when}

1. fleet_get_instance: 현재 프라이머리와 스탠바이, 장애 프라이머리 유무, 고가용성 상태를 확인합니다.
2. fleet_list_events: 전후 2시간을 보고 첫 증상, 페일오버, 종료 시각을 기록합니다.
3. 원인: 기존과 새 프라이머리에 fleet_diagnose_instance를 실행합니다. 흔한 원인은 스토리지 부족, 호스트 장애, 포화로
   인한 헬스 체크 시간 초과, 점검, 사람이 의도한 전환입니다.
   NHN: 직전 30분을 nhn_get_metric_statistics로, 핑 간격과 대기 시간을 nhn_get_high_availability로 봅니다.
4. 영향: 쓰기가 중단된 시간과 직전 복제 지연(유실됐을 수 있는 트랜잭션)을 산정합니다.
5. 이중화가 복구됐는지 봅니다. 복구 전의 다음 장애는 곧 서비스 중단입니다.
   NHN: nhn_repair_high_availability는 장애 프라이머리를 다시 합치고, nhn_split_high_availability는 영구히 분리합니다.
   일시 중지뿐이면 nhn_resume_high_availability. 삼성: samsung_sync_cluster_state 후 samsung_get_cluster.
6. 새 프라이머리에서 백업이 이어지는지(fleet_check, 주제 backups), 복제본이 따라오는지, 클라이언트가 프라이머리를
   따라가는 주소로 접속하는지 확인합니다.

보고: 타임라인, 근거 있는 원인(없으면 '입증되지 않음'), 영향, 남은 일, 재발 방지책.

멈추고 물어볼 때: 복구, 분리, samsung_switchover_cluster로 되돌리기 전. 되돌리기는 두 번째 중단이라 이유가 필요합니다.
유실된 트랜잭션은 서비스 담당자에게 확인합니다.
하지 말 것: 데이터가 필요할 수 있는 장애 프라이머리 삭제.
`,
  },
});
