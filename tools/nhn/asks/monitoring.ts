import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const monitoringAsks: Asks = {
  nhn_list_metrics: {
    en: [
      'which metrics can I graph',
      'name of the cpu metric',
      'what can be monitored',
      'unit of replication delay',
      'available measurement items',
      'is there a metric for connections',
      'metric names for an alarm',
    ],
    ko: [
      '모니터링 지표 종류',
      '어떤 메트릭 볼 수 있어?',
      'CPU 지표 이름이 뭐야',
      '측정 항목 목록',
      '메트릭 단위 알려줘',
      '커넥션 수 지표 있나',
      '알람 걸 수 있는 지표',
    ],
  },
  nhn_get_metric_statistics: {
    en: [
      'cpu usage over the last hour',
      'is it slow because of memory',
      'connection count graph',
      'how fast is the disk filling up',
      'replication lag over time',
      'iops and throughput since noon',
      'load of the server right now',
      'cloudwatch numbers',
      'TPS yesterday',
      'free storage trend',
    ],
    ko: [
      'CPU 사용률 보여줘',
      '디스크가 꽉 찼는지 추이 확인',
      '커넥션 몇 개나 붙어 있어?',
      'DB가 느려, 부하 봐줘',
      '메모리 사용량 그래프',
      '복제 지연 얼마나 돼',
      '지난 한 시간 모니터링 수치',
      'IOPS 튀었나',
      '어제 TPS 추이',
    ],
  },
};
