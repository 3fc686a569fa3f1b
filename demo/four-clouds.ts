import type { Session } from './session.js';
import type { Stage } from './stage.js';

type Fields = Record<string, unknown>;

/** What is wrong with one instance; nothing when both are empty. */
interface Finding {
  cloud: string;
  instance: string;
  backups: string;
  open: string;
}

const everywhere = '0.0.0.0/0';

/** The same two questions over four clouds, each answered with that cloud's own operations. */
export async function askFourClouds(stage: Stage, { call }: Session): Promise<void> {
  stage.title('Over four clouds: what is not backed up, and what is open to the world?');
  const read: Read = async (tool, args) => (await call(tool, args)).data;
  const findings = await Promise.all([nhn(read), samsung(read), naver(read), cegedim(read)]);
  const all = findings.flat();
  const found = all.filter(({ backups, open }) => backups !== '' || open !== '');
  stage.table(found.map((finding) => ({ ...finding })));
  stage.say(`  ${all.length} instances looked at, ${found.length} with something to see to. Only reads.`);
}

type Read = (tool: string, args?: Fields) => Promise<Fields>;

const list = (value: unknown): Fields[] => (Array.isArray(value) ? (value as Fields[]) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

async function nhn(read: Read): Promise<Finding[]> {
  const instances = list((await read('nhn_list_db_instances'))['dbInstances']);
  return Promise.all(
    instances.map(async ({ dbInstanceId, dbInstanceName }) => {
      const { backupPeriod } = await read('nhn_get_backup_info', { dbInstanceId });
      const rules = list((await read('nhn_list_hba_rules', { dbInstanceId }))['hbaRules']);
      const open = rules.filter(({ address, authMethod }) => address === everywhere && authMethod !== 'REJECT');
      const methods = open.map(({ authMethod }) => text(authMethod));
      return {
        cloud: 'NHN Cloud',
        instance: text(dbInstanceName),
        backups: backupPeriod === 0 ? 'off' : '',
        open: open.length > 0 ? `access rule for ${everywhere} (${methods.join(', ')})` : '',
      };
    }),
  );
}

async function samsung(read: Read): Promise<Finding[]> {
  const clusters = list((await read('samsung_list_clusters', { size: 100 }))['contents']);
  return Promise.all(
    clusters.map(async ({ id }) => {
      const {
        name,
        init_config_option: init,
        allowable_ip_addresses: allowed,
      } = await read('samsung_get_cluster', {
        cluster_id: id,
      });
      const isOpen = Array.isArray(allowed) && allowed.includes(everywhere);
      return {
        cloud: 'Samsung Cloud',
        instance: text(name),
        backups: (init as Fields | undefined)?.['backup_option'] ? '' : 'off',
        open: isOpen ? `security group lets ${everywhere} in` : '',
      };
    }),
  );
}

async function naver(read: Read): Promise<Finding[]> {
  const instances = list((await read('naver_list_instances'))['cloudPostgresqlInstanceList']);
  return Promise.all(
    instances.map(async ({ cloudPostgresqlInstanceNo, cloudPostgresqlServiceName, isBackup }) => {
      const users = list((await read('naver_list_db_users', { cloudPostgresqlInstanceNo }))['cloudPostgresqlUserList']);
      const open = users.filter(({ clientCidr }) => clientCidr === everywhere).map(({ userName }) => text(userName));
      return {
        cloud: 'NAVER Cloud',
        instance: text(cloudPostgresqlServiceName),
        backups: isBackup === true ? '' : 'off',
        open: open.length > 0 ? `user ${open.join(', ')} from ${everywhere}` : '',
      };
    }),
  );
}

async function cegedim(read: Read): Promise<Finding[]> {
  const resources = list((await read('cegedim_list_resources'))['content']);
  const instances = resources.filter(({ resourceType }) => resourceType === 'POSTGRESQL');
  return Promise.all(
    instances.map(async ({ id }) => {
      const { name, backupStatus, backupPolicyDetails, network } = await read('cegedim_get_instance', { id });
      const [newest] = list((backupPolicyDetails as Fields | undefined)?.['backups']);
      const last = text(newest?.['backupLastDate']).slice(0, 10);
      return {
        cloud: 'cegedim.cloud',
        instance: text(name),
        backups: backupStatus === true ? '' : `off, newest of ${last}`,
        open: (network as Fields | undefined)?.['isIpRangePublic'] === true ? 'in a public network' : '',
      };
    }),
  );
}
