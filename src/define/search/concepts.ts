/**
 * What the field has several words for, in both languages. English words count in all their forms, words with a `-`
 * where their parts follow each other. Korean ones count wherever a word contains them, so verbs stand as their stems.
 */
export const concepts: Readonly<Record<string, readonly [english: string, korean: string]>> = {
  // Things.
  storage: [
    'storage disk volume space capacity gb gib tb tablespace ssd hdd',
    '스토리지 디스크 볼륨 용량 저장소 저장공간',
  ],
  database: ['database db schema catalog', '데이터베이스 디비'],
  instance: ['instance server cluster machine host box node', '인스턴스 서버 클러스터 장비 노드'],
  user: ['user login role account username grantee', '유저 사용자 계정 로그인 롤'],
  password: ['password passwd pw credential', '비밀번호 비번 패스워드 암호'],
  privilege: ['privilege permission grant grants right authority readonly read-only', '권한 그랜트 읽기전용'],
  backup: ['backup snapshot dump basebackup', '백업 스냅샷 스냅숏 덤프'],
  restore: ['restore recover recovery rollback roll-back rewind', '복구 복원 되돌리 되돌려 롤백 살려 살리'],
  pointInTime: ['pitr point-in-time timestamp wal archive archiving', '시점 아카이브 특정시간 시각'],
  replica: [
    'replica standby slave secondary follower read-replica mirror',
    '레플리카 복제 슬레이브 스탠바이 대기 리플리카 읽기복제',
  ],
  primary: ['primary master leader writer main', '프라이머리 마스터 주서버 원본'],
  lag: ['lag delay behind', '지연 랙 밀려 밀리 뒤처'],
  failover: ['failover switchover takeover', '페일오버 절체 장애조치 스위치오버 전환'],
  availability: ['ha multi-az high-availability availability redundancy candidate', '고가용성 이중화 다중화 예비'],
  parameter: [
    'parameter setting config configuration guc conf variable flag option tuning tune',
    '파라미터 설정 매개변수 파라메터 컨피그 옵션 튜닝',
  ],
  group: ['group', '그룹'],
  security: ['security firewall', '보안 방화벽 시큐리티'],
  access: [
    'access connect connection reach reachable whitelist allowlist acl pg_hba hba ip cidr inbound ingress allow',
    '접근 접속 연결 허용 화이트리스트 아이피 대역 인바운드 커넥션',
  ],
  network: ['network vpc subnet vlan', '네트워크 서브넷'],
  publicAddress: ['public internet external exposed floating nat', '퍼블릭 공인 외부 인터넷 공개 플로팅'],
  endpoint: ['endpoint domain hostname dns address port', '엔드포인트 도메인 주소 포트'],
  size: [
    'flavor flavour size class tier spec instance-type server-type shape sku resize scale cpu vcpu ram',
    '스펙 사양 플레이버 타입 크기 규격 스케일 메모리 코어',
  ],
  version: ['version release major minor patch engine', '버전 패치 메이저 마이너 엔진'],
  upgrade: ['upgrade update bump patch', '업그레이드 업데이트 올리 올려 올릴 패치'],
  extension: ['extension plugin pgvector postgis pg_stat_statements module', '익스텐션 확장 플러그인 모듈'],
  log: ['log logs logfile', '로그'],
  event: ['event history happened audit activity', '이벤트 이력 히스토리 기록 내역'],
  metric: [
    'metric metrics monitoring graph chart statistic stats usage utilization load cpu memory iops',
    '지표 메트릭 모니터링 그래프 통계 사용률 사용량 부하 시피유 추이',
  ],
  alarm: [
    'alarm alert notification notify notified watchdog pager page threshold',
    '알람 알림 경보 통보 알리 감시 임계 왓치독 워치독',
  ],
  email: ['email mail sms recipient contact', '메일 이메일 문자 수신자 담당자'],
  job: ['job task progress operation request async status finished pending', '작업 진행 잡 태스크 끝났 완료 요청'],
  maintenance: ['maintenance window', '점검 유지보수 메인터넌스'],
  schedule: ['schedule scheduled daily nightly cron automatic auto', '스케줄 일정 자동 매일 주기 예약'],
  retention: ['retention retain keep kept', '보관 보존'],
  region: ['region zone az datacenter', '리전 존 가용영역 센터'],
  bucket: ['object-storage bucket s3 export', '오브젝트 버킷 내보내 익스포트'],
  protection: ['protection protect accidental lock', '보호 잠금 실수'],
  sql: ['query sql statement select', '쿼리 질의 구문'],
  session: ['session transaction blocking deadlock lock', '세션 트랜잭션 락 데드락'],
  price: ['cost price bill billing invoice', '요금 비용 청구 과금'],
  error: ['error fail failure failed broken crash', '에러 오류 실패 장애 고장'],
  slow: ['slow slowness latency sluggish performance', '느려 느린 성능 버벅 지연'],
  full: ['full exhausted out-of-space no-space fill', '꽉 가득 부족 찼'],
  // What is done.
  create: [
    'create add new make provision spin launch set-up build open',
    '생성 만들 만드 추가 신규 새로 새 띄우 띄워 세팅 개설',
  ],
  remove: [
    'delete remove drop destroy terminate purge decommission revoke kill get-rid clean',
    '삭제 지우 지워 제거 없애 없앨 날려 날리 내리 철거 드롭 폐기 회수',
  ],
  change: [
    'change modify edit alter update adjust set rename configure replace',
    '변경 수정 바꾸 바꿔 바꿀 고치 고쳐 조정 갱신 교체',
  ],
  enlarge: ['increase grow extend expand enlarge bigger larger more raise', '늘리 늘려 늘릴 증설 확장 키우 키워 추가'],
  list: ['list all every enumerate overview inventory available', '목록 리스트 전체 모두 모든 전부 몇개 종류'],
  look: [
    'show see view check describe detail inspect look display find read',
    '조회 보여 확인 상세 보고 봐 볼래 찾아 알려 정보',
  ],
  start: ['start boot power-on turn-on wake', '시작 켜 기동 올려 구동 가동'],
  stop: ['stop shutdown shut-down halt pause power-off turn-off', '중지 정지 멈추 멈춰 끄고 꺼 종료 내려'],
  restart: ['restart reboot bounce recycle', '재시작 재부팅 리부트 재기동 리스타트 껐다'],
  enable: ['enable activate turn-on switch-on', '활성 켜 사용하도록 적용'],
  disable: ['disable deactivate turn-off switch-off', '비활성 끄 꺼 해제'],
  apply: ['apply applied take-effect reload', '적용 반영 리로드'],
  promote: ['promote promotion detach break-away standalone independent', '승격 프로모션 독립 분리'],
  copy: ['copy clone duplicate', '복사 클론 사본'],
  reset: ['reset default defaults revert', '초기화 리셋 기본값 원래대로'],
  test: ['test try dry-run verify validate', '테스트 시험 검증'],
  compare: ['compare diff difference differs versus vs drift', '비교 차이 다른 다르'],
  confirm: ['confirm approve approval consent', '승인 컨펌 동의 확정'],
  wait: ['wait until finish done', '기다 대기 끝날 끝나'],
  // What no managed PostgreSQL deals with: other databases, containers, the web, offices and the weather.
  elsewhere: [
    'kubernetes k8s kubectl helm pod docker dockerfile namespace mongodb mongo redis valkey memcached mysql ' +
      'mariadb oracle mssql sqlite cassandra dynamodb elasticsearch opensearch clickhouse bigquery snowflake kafka ' +
      'rabbitmq terraform ansible jenkins github gitlab jira confluence cname spf dkim mx nginx cdn css html ' +
      'www smtp printer wifi invoice tax payroll salary translate translation weather rain forecast recipe poem joke',
    '쿠버네티스 파드 도커 헬름 네임스페이스 몽고 레디스 마리아디비 오라클 카산드라 엘라스틱 카프카 테라폼 젠킨스 ' +
      '깃허브 깃랩 지라 홈페이지 웹사이트 프린터 와이파이 세금 급여 번역 날씨 기온 레시피',
  ],
};
