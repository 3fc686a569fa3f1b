import type { Asks } from '../../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const highAvailabilityAsks: Asks = {
  nhn_get_high_availability: {
    en: [
      'is there a standby',
      'is HA on and healthy',
      'is multi-az enabled',
      'would it fail over if the primary died',
      'ping interval of failover',
      'state of the HA pair',
      'is failover paused',
    ],
    ko: [
      '이중화 돼 있어?',
      'HA 상태 확인',
      '스탠바이 있나',
      '고가용성 설정 보여줘',
      '죽으면 자동으로 넘어가나',
      '페일오버 감지 간격 몇 초야',
      '고가용성 일시 중지 상태야?',
    ],
  },
  nhn_modify_high_availability: {
    en: [
      'turn on multi-az',
      'add a standby for failover',
      'make it highly available',
      'switch HA off to save money',
      'fail over sooner, shorter ping interval',
      'single point of failure, fix it',
      'drop the standby',
    ],
    ko: [
      '이중화 걸어줘',
      '고가용성 켜줘',
      '멀티 AZ로 바꿔줘',
      'HA 끄고 단독으로',
      '스탠바이 추가',
      '페일오버 더 빨리 되게',
      '핑 간격 변경',
      '단일 장애점 없애고 싶어',
    ],
  },
  nhn_pause_high_availability: {
    en: [
      'no automatic failover during maintenance',
      'stop failover for a while',
      'suspend HA tonight',
      'heavy batch must not trigger a failover',
      'freeze failure detection',
      'keep the standby but do not switch',
    ],
    ko: [
      '점검 동안 페일오버 안 되게',
      'HA 잠깐 멈춰줘',
      '고가용성 일시 중지',
      '자동 절체 막아줘',
      '배치 중에 장애 감지 끄기',
      '이중화 잠시 중단',
    ],
  },
  nhn_resume_high_availability: {
    en: [
      'maintenance is over, failover on again',
      'unpause HA',
      'failover was suspended, bring it back',
      'somebody forgot to turn failure detection on',
      'continue HA monitoring',
      'end the HA pause',
    ],
    ko: [
      '점검 끝났으니 페일오버 다시 켜줘',
      'HA 재개',
      '고가용성 일시 중지 해제',
      '멈춰둔 이중화 다시 시작',
      '자동 절체 다시 되게',
      '장애 감지 재시작',
    ],
  },
  nhn_repair_high_availability: {
    en: [
      'failed master after failover, join it again',
      'rebuild the old primary as standby',
      'HA pair is broken after failover',
      'no standby left since the failover',
      'FAILED_MASTER recovery',
      'get redundancy back after an outage',
    ],
    ko: [
      '페일오버 난 마스터 복구',
      '장애 조치된 마스터 재구축',
      'HA 깨졌어 다시 붙여줘',
      '옛 마스터를 다시 스탠바이로',
      'FAILED_MASTER 고쳐줘',
      '절체 후 이중화 복구',
    ],
  },
  nhn_split_high_availability: {
    en: [
      'detach the failed master',
      'break up the HA pair after failover',
      'keep the old primary as its own instance',
      'give up on the failed primary',
      'examine the failed server separately',
      'two standalone servers out of the pair',
    ],
    ko: [
      '장애 난 마스터 분리',
      'HA 쌍 쪼개줘',
      'FAILED_MASTER 떼어내기',
      '옛 마스터 따로 살려두기',
      '페일오버된 서버 독립시키기',
      '고가용성 분리',
    ],
  },
};
