import type { Asks } from '../../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const watchdogsAsks: Asks = {
  nhn_list_watchdogs: {
    en: [
      'at what cpu percentage does the alarm fire',
      'alarm thresholds of a group',
      'which conditions are we alerted on',
      'is there an alarm on disk usage',
      'list monitoring rules',
      'cloudwatch alarms that exist',
    ],
    ko: [
      '알람 임계치 몇으로 돼 있어?',
      '감시 설정 목록',
      '디스크 알람 걸려 있나',
      'CPU 몇 퍼센트면 알람 울려',
      '알람 조건 전부 보여줘',
      '와치독 리스트',
    ],
  },
  nhn_create_watchdog: {
    en: [
      'alert me when cpu is above 80 percent',
      'page us if the disk gets full',
      'add a threshold on connections',
      'warn when replication lag grows',
      'new alarm on memory',
      'put a cloudwatch alarm on storage',
    ],
    ko: [
      'CPU 80% 넘으면 알람 오게',
      '디스크 꽉 차기 전에 알려줘',
      '커넥션 수 임계치 알람 추가',
      '복제 지연 생기면 알림 걸어줘',
      '감시 조건 새로 추가',
      '메모리 부족 알람 만들어줘',
    ],
  },
  nhn_modify_watchdog: {
    en: [
      'alarm is too sensitive, raise the threshold',
      'fire at 90 instead of 80 percent',
      'false alarms all night, longer duration',
      'change alert condition',
      'the alarm comes too late, lower its limit',
      'adjust when the alert triggers',
    ],
    ko: [
      '알람 임계치 바꿔줘',
      '알람이 너무 자주 울려 기준 올려줘',
      '80%를 90%로 변경',
      '오탐 많아서 지속 시간 늘리기',
      '감시 조건 수정',
      '알람 기준 낮춰줘',
    ],
  },
  nhn_delete_watchdog: {
    en: [
      'remove the cpu alarm',
      'no more alerts about memory',
      'drop one threshold',
      'delete an alert condition',
      'noisy alarm, kick it out',
      'stop watching connections count',
    ],
    ko: [
      'CPU 알람 지워줘',
      '감시 조건 하나 삭제',
      '임계치 알람 제거',
      '메모리 알람은 필요 없어',
      '와치독 없애기',
      '시끄러운 알람 하나 빼줘',
    ],
  },
};
