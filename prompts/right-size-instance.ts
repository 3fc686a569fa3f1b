import { definePrompt } from '../src/define/index.js';
import { instance } from './_arguments.js';

export const rightSizeInstance = definePrompt({
  name: 'right_size_instance',
  title: { en: 'Right-size an instance', ko: '적정 사양 산정' },
  description: {
    en: 'Compares what an instance uses with what it has: whether it is too large or too small, and what would fit.',
    ko: '인스턴스의 사용량과 사양을 비교해 너무 크거나 작은지 보고, 근거를 갖춘 적정 사양을 제안합니다.',
  },
  asks: {
    en: [
      'too big or too small',
      'save cost on idle servers',
      'which flavor fits',
      'capacity planning',
      'do we pay for cores we do not use',
      'recommend a size',
      'is it larger than needed',
      'oversized or undersized',
      'does the size match the load',
    ],
    ko: [
      '너무 크거나 작은지',
      '노는 서버 비용 줄이기',
      '어떤 사양이 맞나',
      '용량 계획',
      '안 쓰는 코어에 돈 내나',
      '사양 추천',
      '사양이 적당한지',
      '필요보다 큰가',
      '부하에 맞는 크기인지',
      '과한 사양 줄일까',
    ],
  },
  arguments: [instance],
  text: {
    en: `
Right-size: {instance}

1. fleet_get_instance: present size, storage, role, high availability, replicas. The standby has the same size.
2. fleet_diagnose_instance: size nothing while it is unwell; an incident is no sample.
3. 14 days of use, with peaks and not only means:
   NHN: nhn_get_metric_statistics with CPU_USAGE, MEMORY_USAGE, SWAP_USED, DATABASE_CONNECTIONS_TOTAL,
   DATABASE_CONNECTIONS_MAX, DATABASE_CACHE_HIT_RATIO, STORAGE_USAGE.
   Samsung, NAVER and cegedim.cloud: ask for the console's graphs; without numbers there is no proposal.
4. Judge the busiest hour of the busiest day.
   Larger: CPU above 70 %, swap in use, cache hits below 95 %, connections above 80 % of the limit.
   Smaller: CPU below 20 %, cache hits above 99 %, connections below 30 %, all of it for 14 days, month end included.
   Many idle connections: a pooler is cheaper than a larger size.
5. What there is. NHN: nhn_list_db_flavors. Samsung: samsung_list_server_types. NAVER: naver_list_products.
   cegedim.cloud: sizes such as 2cpu4gb. Change by one step, and keep a third of the CPU free for a failover.
6. How: nhn_modify_db_instance (restarts), samsung_resize_instance_group (restarts), cegedim_resize_instance.
   NAVER has no tool for it. Storage only ever grows, so it is no way to save.

Report: use against size in numbers, the proposal with its reason, price where known, interruption, the way back.

Stop and ask for the window and the owner's yes; ask about planned load (campaign, month end, migration).
Do not resize without 14 days of numbers, nor while a backup or another job is running.
`,
    ko: `
사양 산정 대상: {instance}

1. fleet_get_instance: 현재 사양, 스토리지, 역할, 고가용성, 복제본. 스탠바이도 같은 사양입니다.
2. fleet_diagnose_instance: 이상이 있는 동안은 산정하지 않습니다. 장애 구간은 표본이 아닙니다.
3. 14일치 사용량을 평균만이 아니라 최댓값까지 봅니다.
   NHN: nhn_get_metric_statistics로 CPU_USAGE, MEMORY_USAGE, SWAP_USED, DATABASE_CONNECTIONS_TOTAL,
   DATABASE_CONNECTIONS_MAX, DATABASE_CACHE_HIT_RATIO, STORAGE_USAGE.
   삼성, 네이버, cegedim.cloud: 콘솔 그래프를 요청합니다. 수치가 없으면 제안하지 않습니다.
4. 가장 바쁜 날의 가장 바쁜 시간을 기준으로 판단합니다.
   증설: CPU 70 % 초과, 스왑 사용, 캐시 적중률 95 % 미만, 커넥션이 한도의 80 % 초과.
   축소: 월말을 포함한 14일 내내 CPU 20 % 미만, 캐시 적중률 99 % 초과, 커넥션 30 % 미만.
   유휴 커넥션이 많으면 증설보다 커넥션 풀러가 저렴합니다.
5. 선택지. NHN: nhn_list_db_flavors. 삼성: samsung_list_server_types. 네이버: naver_list_products.
   cegedim.cloud: 2cpu4gb 같은 크기. 한 단계씩 바꾸고, 페일오버에 대비해 CPU의 3분의 1은 비워 둡니다.
6. 방법: nhn_modify_db_instance(재시작), samsung_resize_instance_group(재시작), cegedim_resize_instance.
   네이버는 해당 도구가 없습니다. 스토리지는 늘릴 수만 있어 절감 수단이 아닙니다.

보고: 사양 대비 사용량 수치, 근거가 있는 제안, 아는 범위의 비용, 중단 여부, 되돌리는 방법.

멈추고 물어볼 때: 작업 시간과 책임자 승인. 예정된 부하(행사, 월말, 이관)도 물어봅니다.
하지 말 것: 14일치 수치 없이, 또는 백업이나 다른 작업이 도는 중에 사양 변경.
`,
  },
});
