import type { Asks } from '../../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const instancesAsks: Asks = {
  nhn_list_db_instances: {
    en: [
      'what databases do we have',
      'all servers and their status',
      'is anything down',
      'list rds instances',
      'which versions are we running',
      'id of orders-primary',
      'rds describe-db-instances',
    ],
    ko: [
      'DB 인스턴스 목록',
      '우리 디비 뭐뭐 있어?',
      '지금 죽은 서버 있나',
      '전체 인스턴스 상태',
      '서버 몇 대 돌고 있지',
      '인스턴스 ID 찾아줘',
      '버전별 인스턴스 현황',
    ],
  },
  nhn_get_db_instance: {
    en: [
      'is this server up',
      'details of one instance',
      'what is it doing right now',
      'flavor and parameter group of this db',
      'stuck in modifying',
      'does it wait for a parameter apply',
      'is deletion protection on here',
    ],
    ko: [
      '이 인스턴스 상태 알려줘',
      '서버 하나 상세 보기',
      '지금 무슨 작업 중이야?',
      '이 디비 스펙이 뭐야',
      '인스턴스가 수정 중에서 안 넘어가',
      '삭제 보호 걸려 있는지 확인',
      '어떤 파라미터 그룹 쓰고 있지',
    ],
  },
  nhn_create_db_instance: {
    en: [
      'spin up a new postgres',
      'launch an rds instance',
      'provision a server for the new service',
      'fresh database server for staging',
      'I need postgres with 100 GB',
      'rds create-db-instance',
    ],
    ko: [
      '새 포스트그레 서버 만들어줘',
      'DB 인스턴스 생성',
      '신규 서비스용 디비 서버 띄워줘',
      '스테이징 인스턴스 하나 파줘',
      'RDS 하나 올려줘',
      '인스턴스 신청',
    ],
  },
  nhn_modify_db_instance: {
    en: [
      'scale up, we need more cpu',
      'resize to a bigger flavor',
      'out of memory, give it more RAM',
      'change port 5432 to another',
      'attach another security group',
      'use a different parameter group on this server',
      'rename the instance',
      'downsize to save money',
    ],
    ko: [
      '스케일업 해줘',
      'CPU 부족해 사양 올려줘',
      '메모리 늘려줘 OOM 나',
      '인스턴스 타입 변경',
      '접속 포트 바꾸기',
      '인스턴스 이름 변경',
      '다른 파라미터 그룹으로 교체',
      '보안 그룹 붙여줘',
      '사양 낮춰서 비용 줄이기',
    ],
  },
};
