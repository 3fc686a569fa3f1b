import { definePrompt } from '../src/define/index.js';
import { instance } from './_arguments.js';

export const investigateReplicationLag = definePrompt({
  name: 'investigate_replication_lag',
  title: { en: 'Replication lags', ko: '복제 지연' },
  description: {
    en: 'Finds out how far a replica or standby is behind, why, and whether a failover would lose data now.',
    ko: '복제본이나 스탠바이가 얼마나 뒤처졌는지, 왜 그런지, 지금 페일오버하면 데이터가 유실되는지 확인합니다.',
  },
  asks: {
    en: [
      'replica shows old data',
      'standby is minutes behind',
      'stale reads',
      'follower cannot keep up',
      'replay delay grows',
      'how much would a failover lose',
      'replica is late',
      'delay between primary and follower',
      'replication cannot catch up',
    ],
    ko: [
      '복제본이 옛날 데이터를 보여줘',
      '스탠바이가 몇 분 뒤처져',
      '복제가 못 따라가',
      '리플레이 지연이 커져',
      '페일오버하면 얼마나 잃나',
      '복제 랙 조사',
      '리플리카가 늦다',
      '프라이머리와 차이가 벌어져',
      '복제가 밀린 원인',
      '스탠바이 지연 조사',
    ],
  },
  arguments: [instance],
  text: {
    en: `
Lagging replication: {instance} (the replica, the standby or their primary)

1. fleet_get_instance: who is primary, who follows it, and the state of each. Go on with the whole group.
2. fleet_diagnose_instance on every replica: lag, stopped replication, full storage, saturated CPU.
3. The lag over the last 6 hours:
   NHN: nhn_get_metric_statistics with REPLICATION_LAG_SECONDS and REPLICATION_LAG_BYTES on the replica.
   Samsung: samsung_sync_replica_state on the origin, then samsung_list_replicas; mind synced_at.
   cegedim.cloud: node states in cegedim_list_nodes. NAVER shows no lag: a person compares LSNs with psql.
4. Read the shape. It comes and goes with the load: bulk writes or a long query on the replica. It grows steadily: the
   replica is too small, or the network. It grows one second a second: replication has stopped.
   Seconds without bytes: the primary is idle, no harm.
5. fleet_list_events for the whole group: a failover, a resize or a bulk load at the moment it began.
6. Also watch the storage of the primary: a replica that has stopped keeps WAL there.
7. Inside, where a connection is configured: inspect_database with topics replication and sessions, on the replica and
   on the primary: bytes behind, replay that is paused, a long query that replay waits for, slots.

Report: lag now and its trend, cause with evidence, what a failover would lose now, one next step.
Thresholds: above 60 s worth a look, above 10 minutes urgent, stopped critical.

Stop and ask before anything that rebuilds or promotes: samsung_reset_replica and nhn_promote_db_instance cannot be
undone. Ask too who reads from the replica, as they see old data.
Do not promote a lagging replica, do not restart the primary, do not switch over while the lag grows.
`,
    ko: `
복제 지연 대상: {instance} (복제본, 스탠바이 또는 그 프라이머리)

1. fleet_get_instance: 프라이머리와 이를 따르는 인스턴스, 각각의 상태를 확인하고 그룹 전체를 봅니다.
2. fleet_diagnose_instance: 복제본마다 지연, 복제 중단, 스토리지 부족, CPU 포화를 확인합니다.
3. 최근 6시간의 지연 추이를 봅니다.
   NHN: 복제본에 대해 nhn_get_metric_statistics로 REPLICATION_LAG_SECONDS, REPLICATION_LAG_BYTES.
   삼성: 원본에 samsung_sync_replica_state를 실행한 뒤 samsung_list_replicas(synced_at 확인).
   cegedim.cloud: cegedim_list_nodes의 노드 상태. 네이버는 지연 값이 없어 담당자가 psql로 LSN을 비교합니다.
4. 추이 판단. 부하에 따라 오르내림: 대량 쓰기 또는 복제본의 장시간 쿼리. 꾸준히 증가: 복제본 사양이나 네트워크 부족.
   1초에 1초씩 증가: 복제 중단. 초는 늘지만 바이트는 그대로: 프라이머리에 쓰기가 없는 것으로 문제없음.
5. fleet_list_events: 그룹 전체에서 지연이 시작된 시점의 페일오버, 사양 변경, 대량 적재를 찾습니다.
6. 복제가 멈추면 프라이머리에 WAL이 쌓이므로 프라이머리의 스토리지도 확인합니다.
7. 내부 접속이 설정되어 있으면 복제본과 프라이머리에 inspect_database(주제 replication, sessions)를 실행해 뒤처진
   바이트, 멈춘 리플레이, 리플레이가 기다리는 긴 쿼리, 슬롯을 확인합니다.

보고: 현재 지연과 추세, 근거가 있는 원인, 지금 페일오버하면 잃는 것, 다음 조치 하나.
기준: 60초 초과 주의, 10분 초과 긴급, 중단은 치명적.

멈추고 물어볼 때: 재구성이나 승격 전. samsung_reset_replica와 nhn_promote_db_instance는 되돌릴 수 없습니다.
복제본에서 읽는 서비스는 오래된 데이터를 보게 되니 누가 읽는지도 물어봅니다.
하지 말 것: 지연 중인 복제본 승격, 프라이머리 재시작, 지연이 커지는 중의 스위치오버.
`,
  },
});
