import type { Asks } from '../../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const catalogAsks: Asks = {
  nhn_list_db_versions: {
    en: [
      'which postgres versions are offered',
      'can I get postgres 17',
      'newest engine version',
      'is 14 still supported for new servers',
      'list of engine versions of the cloud',
      'engine versions to choose when creating',
    ],
    ko: [
      '포스트그레 몇 버전까지 지원해?',
      '17 쓸 수 있나',
      '엔진 버전 목록',
      '제공되는 PostgreSQL 버전',
      '최신 버전 뭐야',
      '새로 만들 때 고를 수 있는 버전',
    ],
  },
  nhn_list_db_flavors: {
    en: [
      'what machine sizes are there',
      'flavor with 8 cores and 32 GB',
      'instance classes like db.m5.large',
      'smallest and cheapest size',
      'cpu and memory options',
      'id of m2.c4m8',
    ],
    ko: [
      '인스턴스 사양 뭐뭐 있어?',
      '8코어 32기가 flavor',
      '스펙 종류 보여줘',
      '제일 작은 사이즈 뭐야',
      '인스턴스 타입 목록',
      '플레이버 ID',
      'vCPU 메모리 선택지',
    ],
  },
  nhn_list_regions: {
    en: [
      'which data centers are available',
      'is pyeongchon enabled for us',
      'where can databases run',
      'regions of this project',
      'can we use the japan region',
      'list of locations',
    ],
    ko: [
      '리전 목록',
      '판교 평촌 중에 어디 쓸 수 있어?',
      '사용 가능한 리전',
      '일본 리전 돼?',
      '프로젝트에서 쓰는 지역 확인',
      '데이터센터 위치',
    ],
  },
  nhn_list_project_members: {
    en: [
      'who is in our project',
      'phone number of a colleague',
      'e-mail addresses of the team',
      'member id for the alarm recipients',
      'people with access to this cloud project',
      'does everybody have a mobile number stored',
    ],
    ko: [
      '프로젝트 멤버 목록',
      '팀원 연락처 알려줘',
      '프로젝트에 누가 있어?',
      '알람 받을 사람 멤버 ID',
      '구성원 이메일 확인',
      '담당자 전화번호 등록돼 있나',
    ],
  },
  nhn_list_subnets: {
    en: [
      'which subnet has free ips',
      'id of a subnet for a new server',
      'vpc networks to put the database in',
      'are addresses running out',
      'private network ranges',
      'list subnets',
    ],
    ko: [
      '서브넷 목록',
      '남은 IP 있는 서브넷',
      'VPC 서브넷 ID 알려줘',
      'DB 넣을 네트워크 뭐 있어?',
      'IP 부족한 서브넷 확인',
      '사설망 대역 보여줘',
    ],
  },
  nhn_list_storage_types: {
    en: [
      'ssd or hdd',
      'which disk types are offered',
      'is there a faster storage class',
      'gp3 or io1 equivalents',
      'kinds of volumes',
      'disk options when creating',
    ],
    ko: [
      'SSD야 HDD야?',
      '스토리지 타입 종류',
      '디스크 유형 뭐 고를 수 있어',
      '더 빠른 디스크 종류 있나',
      '볼륨 타입 목록',
      '제공되는 저장 장치 종류',
    ],
  },
};
