import type { ProviderName } from '../../../src/providers/settings.js';
import type { Send } from '../../../src/providers/wire/http.js';
import type { Values } from '../../../src/values/values.js';

/** What a provider that has changed says in place of the documented answer, and what the doctor has to say of it. */
export interface Planted {
  /** The request, as the emulator routes it. */
  on: RegExp;
  /** Changes the answer without its envelope; `records` are those of its only list. */
  change?: (records: Values[], answer: Values) => void;
  /** Stands in place of the answer, for as many requests. */
  instead?: { status: number; body: string; times?: number };
  /** The line, as `status check operation drift`. */
  told: string;
}

const forbidden: Record<ProviderName, { status: number; body: string }> = {
  nhn: { status: 200, body: '{"header":{"resultCode":80403,"resultMessage":"Forbidden","isSuccessful":false}}' },
  samsung: { status: 403, body: '' },
  naver: { status: 401, body: '{"error":{"errorCode":"210","message":"Permission Denied"}}' },
  cegedim: { status: 403, body: '' },
};

const drift = (operation: string, ...words: string[]) => ['warning drift', operation, ...words].join(' ');

const first =
  (change: (record: Values) => void): Planted['change'] =>
  ([record = {}]) =>
    change(record);

const lacking = (name: string) => first((record) => void delete record[name]);
const having = (name: string, value: unknown) => first((record) => void (record[name] = value));

/** Where the eleven of each provider are planted; the twelfth is a setting of another. */
interface Places {
  /** Two lists and their routes. The first has a field of states, the second a field of text. */
  one: { on: RegExp; operation: string; list: string; state: string; missing: string; name: string };
  other: { on: RegExp; operation: string; list: string; text: string; missing: string };
  /** Three more reads: one that is not allowed, one that fails, and one that is limited once. */
  denied: { on: RegExp; operation: string };
  failing: { on: RegExp; operation: string };
  limited: RegExp;
}

const places: Record<ProviderName, Places> = {
  nhn: {
    one: {
      on: /\/db-instances$/,
      operation: 'nhn_list_db_instances',
      list: 'dbInstances',
      state: 'dbInstanceStatus',
      missing: 'dbPort',
      name: 'dbInstanceName',
    },
    other: {
      on: /\/subnets$/,
      operation: 'nhn_list_subnets',
      list: 'subnets',
      text: 'subnetName',
      missing: 'subnetCidr',
    },
    denied: { on: /\/user-groups$/, operation: 'nhn_list_user_groups' },
    failing: { on: /\/event-codes$/, operation: 'nhn_list_event_codes' },
    limited: /\/metrics$/,
  },
  samsung: {
    one: {
      on: /\/v1\/clusters(\?|$)/,
      operation: 'samsung_list_clusters',
      list: 'contents',
      state: 'service_state',
      missing: 'instance_count',
      name: 'name',
    },
    other: {
      on: /\/engine-versions$/,
      operation: 'samsung_list_engine_versions',
      list: 'contents',
      text: 'os_type',
      missing: 'os_version',
    },
    denied: { on: /\/server-types(\?|$)/, operation: 'samsung_list_server_types' },
    failing: { on: /\/archive$/, operation: 'samsung_get_archive_config' },
    limited: /\/replicas$/,
  },
  naver: {
    one: {
      on: /getCloudPostgresqlInstanceList/,
      operation: 'naver_list_instances',
      list: 'cloudPostgresqlInstanceList',
      state: 'cloudPostgresqlInstanceStatusName',
      missing: 'engineVersion',
      name: 'cloudPostgresqlServiceName',
    },
    other: {
      on: /getCloudPostgresqlTargetVpcList/,
      operation: 'naver_list_target_vpcs',
      list: 'targetVpcList',
      text: 'vpcName',
      missing: 'ipv4Cidr',
    },
    denied: { on: /getCloudPostgresqlBucketList/, operation: 'naver_list_buckets' },
    failing: { on: /getCloudPostgresqlBackupList/, operation: 'naver_list_backups' },
    limited: /getCloudPostgresqlUserList/,
  },
  cegedim: {
    one: {
      on: /\/itcare\/actions(\?|$)/,
      operation: 'cegedim_list_actions',
      list: 'items',
      state: 'status',
      missing: 'submittedBy',
      name: 'resourceName',
    },
    other: {
      on: /\/databases$/,
      operation: 'cegedim_list_databases',
      list: 'items',
      text: 'name',
      missing: 'extensions',
    },
    denied: { on: /\/extensions$/, operation: 'cegedim_list_extensions' },
    failing: { on: /\/versions$/, operation: 'cegedim_list_versions' },
    limited: /\/networks$/,
  },
};

/** What is planted in the answers of a provider, beside a clock that is off: ten changes of eleven kinds. */
export function plantedIn(provider: ProviderName): Planted[] {
  const { one, other, denied, failing, limited } = places[provider];
  const record = `${one.list}[]`;
  return [
    { on: one.on, change: lacking(one.missing), told: drift(one.operation, 'missing', `${record}.${one.missing}`) },
    { on: one.on, change: having('sleepsUntil', 5), told: drift(one.operation, 'new', record, 'sleepsUntil') },
    {
      on: one.on,
      // A provider that keys an object by the name of somebody's instance.
      change: first((each) => void (each[String(each[one.name]).replace(/\W/g, '')] = {})),
      told: drift(one.operation, 'new', record),
    },
    {
      on: one.on,
      change: having(one.state, 'HIBERNATING'),
      told: drift(one.operation, 'word', `${record}.${one.state}`, 'HIBERNATING'),
    },
    {
      on: other.on,
      change: having(other.text, null),
      told: drift(other.operation, 'type', `${other.list}[].${other.text}`),
    },
    {
      on: other.on,
      change: lacking(other.missing),
      told: drift(other.operation, 'missing', `${other.list}[].${other.missing}`),
    },
    { on: other.on, change: having('no-word', true), told: drift(other.operation, 'new', `${other.list}[]`) },
    { on: denied.on, instead: forbidden[provider], told: `fault permission ${denied.operation}` },
    { on: failing.on, instead: { status: 503, body: '' }, told: `fault read ${failing.operation}` },
    { on: limited, instead: { status: 429, body: '', times: 1 }, told: 'warning limits' },
  ];
}

/** A provider that has changed so, with a clock that is seven minutes ahead. */
export const changedBy =
  (provider: ProviderName, planted: readonly Planted[]) =>
  (send: Send): Send => {
    const left = new Map(planted.map((each) => [each, each.instead?.times ?? Number.POSITIVE_INFINITY]));
    return async (request, signal) => {
      const answer = await send(request, signal);
      const headers = { ...answer.headers, date: new Date(Date.now() + 420_000).toUTCString() };
      const own = planted.filter(({ on }) => on.test(request.url) && request.method === 'GET');
      const instead = own.find((each) => each.instead && (left.get(each) ?? 0) > 0);
      if (instead) left.set(instead, (left.get(instead) ?? 0) - 1);
      if (instead?.instead) return { headers, ...instead.instead };
      const body = own.reduce((text, { change }) => (change ? changed(provider, text, change) : text), answer.body);
      return { ...answer, headers, body };
    };
  };

function changed(provider: ProviderName, body: string, change: NonNullable<Planted['change']>): string {
  const whole: unknown = JSON.parse(body);
  const answer = (provider === 'naver' ? Object.values(whole as Values)[0] : whole) as Values | Values[];
  const lists = Array.isArray(answer) ? [answer] : Object.values(answer).filter((each) => Array.isArray(each));
  change(lists[0] as Values[], Array.isArray(answer) ? { items: answer } : answer);
  return JSON.stringify(whole);
}
