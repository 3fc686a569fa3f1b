import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const topologyAsks: Asks = {
  cegedim_list_networks: {
    en: [
      'free IP addresses',
      'subnet and gateway',
      'CIDR of the instance',
      'network id for a new one',
      'which VLAN',
      'address range left',
      'network layout',
    ],
    ko: [
      '네트워크 대역',
      '남은 IP 몇 개',
      '게이트웨이 주소',
      '서브넷 CIDR',
      '네트워크 아이디',
      '어느 VLAN이야',
      'IP 범위',
    ],
  },
  cegedim_list_nodes: {
    en: [
      'which node is primary',
      'standby status',
      'servers behind the instance',
      'file system usage',
      'disk space left per node',
      'zones of the members',
      'how full is the disk',
      'is one node down',
      'replica health',
    ],
    ko: [
      '노드 목록',
      '프라이머리 노드 누구',
      '스탠바이 상태',
      '파일시스템 사용량',
      '디스크 얼마나 찼어',
      '노드별 남은 공간',
      '죽은 노드 있나',
      '존 배치',
      '멤버 서버',
    ],
  },
};
