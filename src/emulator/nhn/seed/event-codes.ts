type Sentence = readonly [EN: string, JA: string, KO: string, ZH: string];

/**
 * Events that begin (00), end (01) and may fail (04). The codes are the service's, and the words are the emulator's.
 */
const undertakings: Record<string, Sentence> = {
  BACKUP_01: ['Backup', 'バックアップの作成', '백업 생성', '备份创建'],
  BACKUP_04: ['Upload of the backup', 'バックアップのアップロード', '백업 업로드', '备份上传'],
  BACKUP_05: ['Export of the backup', 'バックアップのエクスポート', '백업 내보내기', '备份导出'],
  DB_INSTANCE_01: ['Creation of the DB instance', 'DBインスタンスの作成', 'DB 인스턴스 생성', 'DB实例的创建'],
  DB_INSTANCE_04: ['Stop of the DB instance', 'DBインスタンスの停止', 'DB 인스턴스 중지', 'DB实例的停止'],
  DB_INSTANCE_06: ['Deletion of the DB instance', 'DBインスタンスの削除', 'DB 인스턴스 삭제', 'DB实例的删除'],
  DB_INSTANCE_07: ['Backup of the DB instance', 'DBインスタンスのバックアップ', 'DB 인스턴스 백업', 'DB实例的备份'],
  DB_INSTANCE_08: ['Restoration of the DB instance', 'DBインスタンスの復元', 'DB 인스턴스 복원', 'DB实例的恢复'],
  DB_INSTANCE_09: ['Change of settings', '詳細設定の変更', '상세 설정 변경', '详细设置的更改'],
  DB_INSTANCE_12: ['Change of the instance type', 'インスタンスタイプの変更', '인스턴스 타입 변경', '实例类型的更改'],
  DB_INSTANCE_13: ['Extension of the storage', 'ストレージの拡張', '스토리지 확장', '存储扩展'],
  DB_INSTANCE_24: ['Application of parameters', 'パラメータの適用', '파라미터 적용', '参数的应用'],
  DB_INSTANCE_27: ['Change of access control', 'アクセス制御の変更', '접근 제어 변경', '访问控制的更改'],
  DB_INSTANCE_31: ['Replication of the DB instance', 'DBインスタンスの複製', 'DB 인스턴스 복제', 'DB实例的复制'],
  DB_INSTANCE_32: ['Promotion of the replica', 'レプリカの昇格', '복제본 승격', '只读副本的提升'],
  DB_INSTANCE_37: ['Change of high availability', '高可用性設定の変更', '고가용성 설정 변경', '高可用性设置的更改'],
  DB_INSTANCE_40: ['Failover', 'フェイルオーバー', '장애 조치', '故障转移'],
  DB_INSTANCE_45: ['Recovery of high availability', '高可用性の復旧', '고가용성 복구', '高可用性的恢复'],
  DB_INSTANCE_47: ['Split of high availability', '高可用性の分離', '고가용성 분리', '高可用性的分离'],
  DB_INSTANCE_52: [
    'Backup to object storage',
    'オブジェクトストレージへのバックアップ',
    '오브젝트 스토리지 백업',
    '对象存储备份',
  ],
  DB_INSTANCE_54: ['Export of a backup', 'バックアップのエクスポート', '백업 내보내기', '备份导出'],
  DB_INSTANCE_57: ['Change of extensions', '拡張機能の変更', '확장 기능 변경', '扩展的更改'],
  DB_SECURITY_GROUP_02: [
    'Change of the security group',
    'セキュリティグループの変更',
    '보안 그룹 변경',
    '安全组的更改',
  ],
};

/** Events with a single code. */
const occurrences: Record<string, Sentence> = {
  BACKUP_02_01: ['The backup was deleted.', 'バックアップが削除されました。', '백업이 삭제되었습니다.', '备份已删除。'],
  DB_INSTANCE_02_01: [
    'The DB instance runs.',
    'DBインスタンスが起動しました。',
    'DB 인스턴스가 시작되었습니다.',
    'DB实例已启动。',
  ],
  DB_INSTANCE_03_00: [
    'A forced restart of the DB instance was requested.',
    'DBインスタンスの強制再起動が要求されました。',
    'DB 인스턴스 강제 재시작이 요청되었습니다.',
    '已请求强制重启DB实例。',
  ],
  DB_INSTANCE_05_01: [
    'The DB instance ended.',
    'DBインスタンスが終了しました。',
    'DB 인스턴스가 종료되었습니다.',
    'DB实例已终止。',
  ],
  DB_INSTANCE_14_01: [
    'Public access is on.',
    '外部接続が有効です。',
    '외부 접속이 허용되었습니다.',
    '已允许外部访问。',
  ],
  DB_INSTANCE_15_01: [
    'Public access is off.',
    '外部接続が無効です。',
    '외부 접속이 차단되었습니다.',
    '已禁止外部访问。',
  ],
  DB_INSTANCE_17_01: ['A user was created.', 'ユーザーが作成されました。', '사용자가 생성되었습니다.', '已创建用户。'],
  DB_INSTANCE_18_01: ['A user was changed.', 'ユーザーが変更されました。', '사용자가 변경되었습니다.', '已更改用户。'],
  DB_INSTANCE_19_01: ['A user was deleted.', 'ユーザーが削除されました。', '사용자가 삭제되었습니다.', '已删除用户。'],
  DB_INSTANCE_20_01: [
    'A database was created.',
    'データベースが作成されました。',
    '데이터베이스가 생성되었습니다.',
    '已创建数据库。',
  ],
  DB_INSTANCE_21_01: [
    'A database was changed.',
    'データベースが変更されました。',
    '데이터베이스가 변경되었습니다.',
    '已更改数据库。',
  ],
  DB_INSTANCE_22_01: [
    'A database was deleted.',
    'データベースが削除されました。',
    '데이터베이스가 삭제되었습니다.',
    '已删除数据库。',
  ],
  DB_INSTANCE_28_01: [
    'The DB instance is well again.',
    'DBインスタンスが正常化しました。',
    'DB 인스턴스가 정상화되었습니다.',
    'DB实例已恢复正常。',
  ],
  DB_INSTANCE_29_01: [
    'The storage is full.',
    'ストレージの空き容量が不足しています。',
    '스토리지 용량이 부족합니다.',
    '存储空间不足。',
  ],
  DB_INSTANCE_30_01: [
    'The DB instance does not answer.',
    'DBインスタンスに接続できません。',
    'DB 인스턴스에 연결할 수 없습니다.',
    '无法连接DB实例。',
  ],
  DB_INSTANCE_35_00: [
    'Replication falls behind.',
    'レプリケーションが遅延しています。',
    '복제가 지연되고 있습니다.',
    '复制出现延迟。',
  ],
  DB_INSTANCE_35_01: [
    'Replication caught up.',
    'レプリケーションの遅延が解消しました。',
    '복제 지연이 해소되었습니다.',
    '复制延迟已结束。',
  ],
  DB_INSTANCE_41_01: [
    'The DB instance restarted with a failover.',
    'フェイルオーバーを利用して再起動しました。',
    '장애 조치를 이용하여 재시작되었습니다.',
    '已使用故障转移重启。',
  ],
  DB_INSTANCE_41_04: [
    'The restart with a failover failed: replication is late.',
    'フェイルオーバーを利用した再起動に失敗しました。',
    '장애 조치를 이용한 재시작에 실패했습니다.',
    '使用故障转移重启失败。',
  ],
  DB_INSTANCE_43_01: [
    'High availability is paused.',
    '高可用性が一時停止しました。',
    '고가용성이 일시 중지되었습니다.',
    '高可用性已暂停。',
  ],
  DB_INSTANCE_44_01: [
    'High availability is resumed.',
    '高可用性が再開しました。',
    '고가용성이 재개되었습니다.',
    '高可用性已恢复运行。',
  ],
  DB_INSTANCE_49_01: [
    'High availability stopped.',
    '高可用性が停止しました。',
    '고가용성이 중단되었습니다.',
    '高可用性已停止。',
  ],
  DB_SECURITY_GROUP_01_01: [
    'The security group was created.',
    'セキュリティグループが作成されました。',
    '보안 그룹이 생성되었습니다.',
    '安全组已创建。',
  ],
  DB_SECURITY_GROUP_03_01: [
    'The security group was deleted.',
    'セキュリティグループが削除されました。',
    '보안 그룹이 삭제되었습니다.',
    '安全组已删除。',
  ],
};

const turns: Record<string, Sentence> = {
  '00': [' began.', 'を開始しました。', ' 작업이 시작되었습니다.', '已开始。'],
  '01': [' is complete.', 'が完了しました。', ' 작업이 완료되었습니다.', '已完成。'],
  '04': [' failed.', 'に失敗しました。', ' 작업이 실패했습니다.', '失败。'],
};

/** The text of the service for each code. */
export const sentences = new Map<string, Sentence>(Object.entries(occurrences));
for (const [topic, [en, ja, ko, zh]] of Object.entries(undertakings))
  for (const [turn, after] of Object.entries(turns))
    sentences.set(`${topic}_${turn}`, [en + after[0], ja + after[1], ko + after[2], zh + after[3]]);

export const languages = ['EN', 'JA', 'KO', 'ZH'] as const;

export const eventCodes: string[] = [...sentences.keys()].toSorted();
