import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const securityAsks: Asks = {
  samsung_set_security_group_rules: {
    en: [
      'open the firewall for an IP',
      'allow 10.10.0.0/16 to connect',
      'close access from 0.0.0.0/0',
      'whitelist my office',
      'revoke an address',
      'pg_hba entry missing',
      'connection refused from app server',
      'block the internet',
      'authorized networks',
    ],
    ko: [
      '방화벽 열어줘',
      'IP 허용 추가',
      '접속 허용 대역 등록',
      '0.0.0.0/0 막아줘',
      '화이트리스트 등록',
      '사무실 IP 등록',
      '접근 제어에서 IP 빼기',
      '앱 서버에서 접속 안 돼',
      '인바운드 규칙',
      '전체 오픈된 거 닫기',
    ],
  },
};
