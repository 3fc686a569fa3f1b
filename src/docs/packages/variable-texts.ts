import type { Texts } from '../../define/index.js';

/** A variable that the form of a host asks for. */
export interface FieldText {
  title: Texts;
  description: Texts;
  /** What the form holds before anybody fills it in. Left out: the setting's own default, or nothing. */
  initial?: string | boolean;
}

const secretOf = (provider: string, made: Texts, name: Texts): FieldText => ({
  title: { en: `${provider}: ${name.en}`, ko: `${provider}: ${name.ko}` },
  description: made,
});

const nhn = {
  en: 'Made in the console of NHN Cloud, in the API security settings of your account.',
  ko: 'NHN Cloud 콘솔의 계정 API 보안 설정에서 발급합니다.',
};
const samsung = {
  en: 'An authentication key, made in the console of Samsung Cloud Platform.',
  ko: '삼성 클라우드 플랫폼 콘솔에서 발급한 인증키입니다.',
};
const naver = {
  en: 'An API authentication key, made in the portal of NAVER Cloud.',
  ko: '네이버 클라우드 포털에서 발급한 API 인증키입니다.',
};
const cegedim = {
  en: 'Of a service account for the API of cegedim.cloud.',
  ko: 'cegedim.cloud API용 서비스 계정의 값입니다.',
};
const accessKey = { en: 'access key', ko: '액세스 키' };
const secretKey = { en: 'secret key', ko: '시크릿 키' };

/** What forms ask for, in their order: enough to begin with. All else is for a file of settings. */
export const fieldTexts: Readonly<Record<string, FieldText>> = {
  PGFLEET_SANDBOX: {
    title: { en: 'Sandbox', ko: '샌드박스' },
    description: {
      en: 'A made-up fleet on this machine, to try it without keys. auto: while no keys are filled in; or 1, 0.',
      ko: '키 없이 모든 기능을 시험하는 가상의 인스턴스들입니다. auto: 키가 없는 동안만. 또는 1, 0.',
    },
    initial: 'auto',
  },
  NHN_APP_KEY: {
    title: { en: 'NHN Cloud: appkey', ko: 'NHN Cloud: 앱키' },
    description: {
      en: 'In the console, RDS for PostgreSQL, URL & Appkey.',
      ko: '콘솔의 RDS for PostgreSQL, URL & Appkey에 있습니다.',
    },
  },
  NHN_ACCESS_KEY_ID: secretOf('NHN Cloud', nhn, { en: 'User Access Key ID', ko: 'User Access Key ID' }),
  NHN_SECRET_ACCESS_KEY: secretOf('NHN Cloud', nhn, { en: 'Secret Access Key', ko: 'Secret Access Key' }),
  NHN_REGION: {
    title: { en: 'NHN Cloud: region', ko: 'NHN Cloud: 리전' },
    description: { en: 'kr1 (Pangyo), kr2 and so on.', ko: 'kr1(판교), kr2 등.' },
  },
  SAMSUNG_ACCESS_KEY: secretOf('Samsung Cloud Platform', samsung, accessKey),
  SAMSUNG_SECRET_KEY: secretOf('Samsung Cloud Platform', samsung, secretKey),
  SAMSUNG_REGION: {
    title: { en: 'Samsung Cloud Platform: region', ko: 'Samsung Cloud Platform: 리전' },
    description: { en: 'Such as kr-west1.', ko: '예: kr-west1.' },
  },
  NAVER_ACCESS_KEY: secretOf('NAVER Cloud', naver, accessKey),
  NAVER_SECRET_KEY: secretOf('NAVER Cloud', naver, secretKey),
  CEGEDIM_CLIENT_ID: secretOf('cegedim.cloud', cegedim, { en: 'client id', ko: '클라이언트 ID' }),
  CEGEDIM_CLIENT_SECRET: secretOf('cegedim.cloud', cegedim, { en: 'client secret', ko: '클라이언트 시크릿' }),
  PGFLEET_READ_ONLY: {
    title: { en: 'Read only', ko: '읽기 전용' },
    description: { en: 'Leaves out whatever changes something.', ko: '변경하는 기능을 모두 제외합니다.' },
    initial: false,
  },
  PGFLEET_CONFIRM: {
    title: { en: 'Confirmation', ko: '확인 방식' },
    description: {
      en: 'How risky calls are confirmed: auto, token, human (outside the conversation), deny, off.',
      ko: '위험한 호출을 확인하는 방식: auto, token, human(대화 밖의 사람), deny, off.',
    },
    initial: 'auto',
  },
  PGFLEET_LANG: {
    title: { en: 'Language', ko: '언어' },
    description: { en: 'Of events and runbooks: en, ko, ja or zh.', ko: '이벤트와 런북의 언어: en, ko, ja, zh.' },
    initial: 'en',
  },
};

/** What a registry tells of the other variables. */
export const otherTexts: Readonly<Record<string, string>> = {
  PGFLEET_SCENARIO: 'The story that the sandbox tells.',
  PGFLEET_SANDBOX_SPEED: 'How many times as fast work goes in the sandbox.',
  PGFLEET_SANDBOX_POSTGRES: 'The sandbox with real PostgreSQL behind instances.',
  PGFLEET_PROFILE: 'The list of tools: core, full, or groups such as backups,db-users.',
  PGFLEET_RUN: 'Which tools run operations by their names.',
  PGFLEET_TIME_ZONE: 'The zone in which people are told times, such as Asia/Seoul.',
  PGFLEET_SHOW_STATEMENTS: 'Whether texts of SQL statements are shown, without their constants.',
  PGFLEET_AUDIT_LOG: 'The file of the audit record.',
  PGFLEET_SECRETS_DIR: 'The folder of secrets that a call may refer to.',
  PGFLEET_POLL_SECONDS: 'How often the fleet is looked at for subscribers.',
  NHN_BASE_URL: 'Another endpoint of NHN Cloud, in place of the region’s.',
  NHN_TOKEN_URL: 'Where tokens of NHN Cloud are made.',
  SAMSUNG_ENVIRONMENT: 'The environment of Samsung Cloud Platform: e is Enterprise.',
  SAMSUNG_BASE_URL: 'Another endpoint of Samsung Cloud Platform, in place of the region’s.',
  SAMSUNG_API_VERSION: 'The version of Samsung’s API.',
  NCLOUD_API_GW: 'Another gateway of NAVER Cloud, such as that of the financial or the government cloud.',
  NAVER_BASE_URL: 'Another endpoint of NAVER Cloud with its path, in place of the gateway.',
  CEGEDIM_BASE_URL: 'Another endpoint of cegedim.cloud.',
  CEGEDIM_TOKEN_URL: 'Where tokens of cegedim.cloud are made.',
};
