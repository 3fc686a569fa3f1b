/**
 * What the field has several words for, in both languages. English words count in all their forms, words with a `-`
 * where their parts follow each other. Korean ones count wherever a word contains them, so verbs stand as their stems.
 */
export type Concepts = Readonly<Record<string, readonly [english: string, korean: string]>>;

/** What is spoken of, and what is wanted of it where nothing is to be done. */
export const things: Concepts = {
  storage: ['storage disk volume space gb gib tb ssd hdd', '스토리지 디스크 볼륨 용량 저장소 저장공간'],
  database: ['database db schema tablespace', '데이터베이스 디비 스키마'],
  instance: ['instance server cluster machine host box node vm', '인스턴스 서버 클러스터 장비 노드'],
  user: ['user login role account username grantee logon', '유저 사용자 계정 로그인 롤'],
  password: ['password passwd pw pwd credential', '비밀번호 비번 패스워드 암호'],
  privilege: ['privilege permission grant right authority superuser ddl crud', '권한 그랜트 슈퍼유저'],
  readOnly: ['readonly read-only ro select-only', '읽기전용 읽기만 조회만 조회전용'],
  backup: ['backup snapshot dump basebackup back-up', '백업 스냅샷 스냅숏 덤프'],
  restore: [
    'restore recover recovery rollback roll-back rewind bring-back brought-back undo',
    '복구 복원 되돌리 되돌려 롤백 살려 살리',
  ],
  pointInTime: ['pitr point-in-time timestamp', '시점 특정시간 시각으로'],
  wal: ['wal archive archiving redo', '아카이브 아카이빙 월로그'],
  replica: [
    'replica standby slave secondary follower mirror read-replica read-only-copy offload scale-out selects reads',
    '레플리카 복제 슬레이브 스탠바이 대기 리플리카 읽기용 읽기복제 조회용 조회서버',
  ],
  primary: ['primary master leader writer', '프라이머리 마스터 주서버 원본 메인'],
  lag: ['lag lagging delay behind late', '지연 랙 밀려 밀리 밀렸 뒤처'],
  failover: ['failover fail-over switchover switch-over takeover swap', '페일오버 절체 장애조치 스위치오버 역할전환'],
  availability: [
    'ha multi-az high-availability availability redundancy redundant candidate standby survive highly-available ' +
      'single-point standalone',
    '고가용성 이중화 다중화 예비 스탠바이 단일장애 장애점 안죽',
  ],
  parameter: [
    'parameter setting config configuration guc conf variable flag alter-system tuning tune template postgresql-conf',
    '파라미터 설정 매개변수 파라메터 컨피그 튜닝 템플릿',
  ],
  parameterName: [
    'shared_buffers max_connections work_mem autovacuum wal_level max connections too-many clients sort',
    '커넥션수 접속수 최대접속',
  ],
  value: ['value default', '값 기본값 디폴트'],
  group: ['group set', '그룹 묶음'],
  security: ['security firewall sg', '보안 방화벽 시큐리티'],
  access: [
    'access connect connection reach reachable whitelist whitelisted allowlist acl ip cidr inbound ingress allow ' +
      'open refuse block range address',
    '접근 접속 연결 허용 화이트리스트 아이피 대역 인바운드 커넥션 열어 막아 차단 붙게',
  ],
  hba: ['pg_hba hba host-based authentication scram md5', '인증규칙 호스트기반'],
  rule: ['rule line entry', '규칙 룰 라인'],
  network: ['network vpc subnet vlan', '네트워크 서브넷 망'],
  publicAddress: [
    'public internet external expose exposed floating nat anywhere',
    '퍼블릭 공인 외부 인터넷 공개 플로팅',
  ],
  endpoint: ['endpoint domain hostname dns port connection-string', '엔드포인트 도메인 주소 포트 접속정보'],
  size: [
    'flavor flavour size class tier spec instance-type server-type machine-type shape sku resize ' +
      'scale cpu vcpu ram memory core',
    '스펙 사양 플레이버 타입 크기 규격 스케일 메모리 코어 시피유',
  ],
  version: ['version release major minor engine', '버전 메이저 마이너 엔진'],
  upgrade: ['upgrade update bump patch', '업그레이드 업데이트 패치 버전업'],
  extension: [
    'extension plugin module pgvector vector postgis pg_stat_statements pg_cron pg_trgm pgaudit ' +
      'pgcrypto uuid-ossp hstore',
    '익스텐션 확장기능 확장모듈 확장 플러그인 모듈',
  ],
  log: ['log logfile', '로그'],
  event: ['event history happen happened activity timeline', '이벤트 이력 히스토리 기록 내역 사건'],
  metric: [
    'metric monitoring graph chart statistic stats usage utilization load cpu memory iops throughput trend curve',
    '지표 메트릭 모니터링 그래프 통계 사용률 사용량 부하 시피유 추이 차트',
  ],
  alarm: [
    'alarm alert notification notify watchdog pager page threshold warn',
    '알람 알림 경보 통보 알리 감시 임계 왓치독 워치독 와치독 호출',
  ],
  people: [
    'recipient oncall on-call member team colleague contact person people mail email sms',
    '당직 담당자 팀원 수신자 멤버 구성원 직원 연락처 메일 이메일 문자',
  ],
  job: ['job task progress operation request', '작업 진행 잡 태스크 요청'],
  finish: [
    'finish done complete completed still until through went-through pending',
    '끝났 끝나 끝날 완료 아직 됐는지',
  ],
  maintenance: ['maintenance downtime', '점검 유지보수 메인터넌스'],
  schedule: [
    'schedule daily nightly weekly cron automatic automatically auto window',
    '스케줄 일정 자동 매일 주기 예약 시간대 매주',
  ],
  retention: ['retention retain keep kept hold', '보관 보존 며칠치 일치 들고'],
  region: ['region zone az datacenter disaster dr', '리전 존 가용영역 센터 재해'],
  bucket: ['object-storage bucket s3 container', '오브젝트 버킷 컨테이너'],
  send: ['export send sent ship push forward upload move transfer', '내보내 보내 옮겨 옮기 업로드 전송 이전'],
  download: ['download fetch pull', '다운로드 내려받 받아 다운'],
  protection: ['protection protect accidental accidentally', '보호 실수로'],
  query: ['query sql statement', '쿼리 질의 구문'],
  session: ['session transaction deadlock', '세션 트랜잭션 데드락'],
  status: ['status state health healthy alive running up', '상태 살아 헬스 정상 떠있 돌고있'],
  trouble: [
    'error fail failure crash problem wrong issue trouble healthy unhealthy broke ' +
      'broken gone died lost hang stuck dead outage down cause reason',
    '에러 오류 실패 장애 고장 문제 이상 먹통 멈췄 죽었 원인 뻗',
  ],
  slow: ['slow slowness latency sluggish performance', '느려 느린 성능 버벅 느리'],
  full: ['full exhausted out-of-space no-space fill left run-out short', '꽉 가득 부족 찼 모자'],
  code: ['code kind type category', '코드 종류 유형'],
  tag: ['name label description rename comment note', '이름 라벨 설명 메모 이름표'],
  past: [
    'yesterday ago last-night last-week last-hour since past recent recently earlier history monday friday',
    '어제 그제 어젯밤 새벽 지난 아까 최근 며칠 저번',
  ],
  who: ['who whom whose', '누가 누구'],
  time: ['when hour time midnight am pm', '언제 몇시 시간'],
  list: ['list all every everything enumerate overview inventory', '목록 리스트 전체 모두 모든 전부 몇개 뭐뭐 전반'],
  look: [
    'show see view check describe detail inspect look display find read know topology content',
    '조회 보여 확인 상세 보고 봐 볼래 찾아 알려 정보',
  ],
  offer: [
    'offer offered support supported available pick choose possible exist allowed can-i how-far',
    '지원 가능 고를 고르 선택 제공 쓸만한',
  ],
  test: ['test try dry-run verify validate', '테스트 시험 검증'],
  compare: ['compare diff differ difference different versus vs drift', '비교 차이 달라 다르 달라졌'],
  wait: ['wait until', '기다 끝날때'],
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

/** What is done to things. */
export const deeds: Concepts = {
  create: [
    'create add new make provision spin launch set-up build another install register attach fresh ' +
      'clean empty extra onboard need-a want-a made',
    '생성 만들 만드 추가 신규 새로 새 띄우 띄워 세팅 개설 파줘 따줘 붙여 뽑아 하나더 설치 등록 깔아',
  ],
  remove: [
    'delete remove drop destroy terminate purge decommission revoke get-rid clean uninstall unregister wipe erase ' +
      'detach take-out throw-away dispose cancel',
    '삭제 지우 지워 지운 제거 없애 없앨 날려 날리 드롭 폐기 회수 빼줘 빼자 빼고 정리 제외 해지 뺄',
  ],
  change: [
    'change modify edit alter update adjust set configure replace switch turn shift move',
    '변경 수정 바꾸 바꿔 바꿀 고치 고쳐 조정 교체 옮겨 바뀌',
  ],
  enlarge: [
    'increase grow extend expand enlarge bigger larger more raise twice double scale-up up-to enough',
    '늘리 늘려 늘릴 증설 키우 키워 확장 올려 올리 두배',
  ],
  shrink: ['decrease reduce shrink lower smaller less shorten downgrade scale-down', '줄이 줄여 줄일 낮추 낮춰 축소'],
  start: ['start boot power-on turn-on wake bring-up', '시작 켜 기동 구동 가동 올려 스타트'],
  stop: ['stop shutdown shut-down shut halt power-off turn-off', '중지 정지 멈추 멈춰 끄고 꺼 종료 내려 셧다운'],
  restart: ['restart reboot bounce recycle kick', '재시작 재부팅 리부트 재기동 리스타트 껐다'],
  enable: ['enable activate turn-on switch-on', '활성 켜 사용하도록'],
  disable: ['disable deactivate turn-off switch-off', '비활성 꺼 끄 해제 그만'],
  pause: ['pause suspend hold mute silence temporarily', '일시 잠시 잠깐 멈춰 보류'],
  resume: ['resume continue again back-on', '재개 다시'],
  apply: ['apply take-effect reload effect', '적용 반영 리로드 먹이 먹히'],
  sync: ['sync synchronize refresh re-read stale', '동기화 갱신 새로고침 싱크 다시읽'],
  repair: ['repair fix rebuild heal recreate', '수리 재구축 복구 다시만'],
  promote: [
    'promote promotion break-away standalone independent own-feet writable read-write',
    '승격 프로모션 독립 분리 떼어',
  ],
  copy: ['copy clone duplicate', '복사 클론 사본 복제본'],
  reset: ['reset default revert original factory', '초기화 리셋 기본값 원래대로 원복'],
  confirm: ['confirm approve approval consent agree yes', '승인 컨펌 동의 확정'],
};
