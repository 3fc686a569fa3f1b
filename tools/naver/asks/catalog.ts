import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const catalogAsks: Asks = {
  naver_list_image_products: {
    en: [
      'which postgres versions are offered',
      'OS images',
      'newest engine available',
      'image product code',
      'software image list',
      'can we get version 15',
      'engine version codes',
    ],
    ko: [
      '쓸 수 있는 엔진 버전',
      '이미지 상품 코드',
      '포스트그레 몇 버전까지 돼',
      'OS 이미지 목록',
      '최신 버전 뭐야',
      '엔진 버전 코드 조회',
    ],
  },
  naver_list_products: {
    en: [
      'instance classes',
      'how big can a server be',
      'CPU and memory sizes',
      'flavors and tiers',
      'spec codes for a new machine',
      'server types and tiers',
      'product code of 4 core 16 GB',
    ],
    ko: [
      '서버 스펙 목록',
      '사양 종류',
      'vCPU 메모리 조합',
      '4코어 16기가 상품 코드',
      '인스턴스 타입',
      '고를 수 있는 서버 크기',
      '스펙 코드',
    ],
  },
  naver_list_target_subnets: {
    en: [
      'subnet number for a new database',
      'which subnets fit',
      'public or private subnet choice',
      'network ranges per zone',
      'where can the server be placed',
      'subnetNo lookup',
      'availability zone of a subnet',
    ],
    ko: [
      '서브넷 목록',
      '서브넷 번호 뭐 써야 해',
      '존별 서브넷',
      '프라이빗 서브넷 찾기',
      'DB 넣을 서브넷',
      'subnetNo 조회',
      '퍼블릭 서브넷 있나',
    ],
  },
  naver_list_target_vpcs: {
    en: [
      'VPC number',
      'which networks can host a DB',
      'list virtual private clouds',
      'vpcNo lookup',
      'our VPCs here',
      'choose a VPC for the instance',
    ],
    ko: ['VPC 목록', 'vpcNo 확인', '어느 VPC에 만들 수 있어', 'VPC 번호 알려줘', '우리 가상 네트워크', 'DB 놓을 VPC'],
  },
};
