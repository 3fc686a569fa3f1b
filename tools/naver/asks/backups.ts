import type { Asks } from '../../../src/define/index.js';

/** What people say when they want one of these operations. */
export const backupsAsks: Asks = {
  naver_list_backup_details: {
    en: [
      'backup files of one instance',
      "when did last night's backup finish",
      'how large is each dump',
      'file name of a backup',
      'did it fail',
      'restore points of orders',
      'backup history',
    ],
    ko: [
      '백업 파일 목록',
      '어젯밤 백업 끝났나',
      '백업 크기',
      '백업 파일 이름',
      '백업 이력',
      '이 인스턴스 복구 가능한 백업',
      '백업 실패했는지',
    ],
  },
  naver_list_backups: {
    en: [
      'are all instances backed up',
      'backup retention per database',
      'which have no backup',
      'nightly backup time overview',
      'last backup of every DB',
      'days backups are kept',
    ],
    ko: [
      '전체 백업 현황',
      '백업 안 되는 DB 있나',
      '보관 기간 며칠이야',
      '인스턴스별 백업 시간',
      '마지막 백업 언제',
      '백업 설정 한눈에',
    ],
  },
  naver_list_buckets: {
    en: [
      'object storage buckets',
      'where can I export to',
      'S3 bucket names',
      'which bucket holds dumps',
      'target for a log file',
      'storage destinations',
    ],
    ko: ['버킷 목록', '오브젝트 스토리지 어디', '내보낼 버킷 이름', 'S3 버킷 뭐 있나', '로그 보낼 대상', '버킷 확인'],
  },
  naver_export_backup: {
    en: [
      'copy dump to a bucket',
      'keep a backup longer than retention',
      'download the backup file',
      'off-site copy',
      'move snapshot to object storage',
      'ship backup to S3',
      'long-term archive',
    ],
    ko: [
      '백업 내보내기',
      '버킷으로 백업 복사',
      '백업 파일 다운로드',
      '장기 보관용으로 빼기',
      '오브젝트 스토리지에 백업 저장',
      '백업 외부 반출',
      'S3로 백업',
    ],
  },
};
