import { day } from '../../core/dates.js';
import type { Member, SecurityGroupRule, Subnet } from '../entities.js';
import { type Nhn, seededId } from '../store.js';

/** When the group of the order service was tuned. Its instances have not applied that, except in the quiet fleet. */
const tunedDaysAgo = 2;
const tunedDaysAgoWhenQuiet = 30;

const subnets: Omit<Subnet, 'id'>[] = [
  { name: 'Default Network', cidr: '192.168.0.0/24', usingGateway: true, availableIpCount: 231 },
  { name: 'data-private', cidr: '10.20.4.0/24', usingGateway: false, availableIpCount: 244 },
];

const members: Omit<Member, 'id'>[] = [
  { name: 'Kim Jiwoo', emailAddress: 'jiwoo.kim@example.com', phoneNumber: '+821055500101' },
  { name: 'Park Minseo', emailAddress: 'minseo.park@example.com', phoneNumber: '+821055500102' },
  { name: 'Claire Moreau', emailAddress: 'claire.moreau@example.com', phoneNumber: '+821055500103' },
  { name: 'Lee Haneul', emailAddress: 'haneul.lee@example.com', phoneNumber: '+821055500104' },
];

/** Adds what the project has: networks and people. */
export function addProject(nhn: Nhn): void {
  const { store } = nhn;
  for (const subnet of subnets) store.subnets.add({ ...subnet, id: seededId(nhn, `subnet ${subnet.name}`) });
  for (const member of members) store.members.add({ ...member, id: seededId(nhn, `member ${member.emailAddress}`) });
}

export function addSecurityGroups(nhn: Nhn): void {
  const { world, store } = nhn;
  const now = world.now();
  const add = (name: string, description: string | null, ageDays: number, rules: [cidr: string, what: string][]) => {
    const createdAt = now - ageDays * day;
    const times = { createdAt, updatedAt: createdAt };
    store.securityGroups.add({
      id: seededId(nhn, `security group ${name}`),
      ...times,
      name,
      description,
      progress: 'NONE',
      rules: rules.map(
        ([cidr, what]): SecurityGroupRule => ({
          id: seededId(nhn, `rule of ${name} ${cidr}`),
          ...times,
          description: what,
          direction: 'INGRESS',
          etherType: 'IPV4',
          port: { portType: 'DB_PORT' },
          cidr,
        }),
      ),
    });
  };
  add('app-servers', 'Application servers', 412, [
    ['10.20.0.0/16', 'Application network'],
    ['192.168.0.0/24', 'Bastion'],
  ]);
  if (world.scenario === 'quiet') return;
  add('office', 'Office network', 900, [['10.44.0.0/22', 'Office']]);
  add('analytics-open', null, 140, [['0.0.0.0/0', 'for the trial of the BI tool']]);
}

export function addParameterGroups(nhn: Nhn): void {
  const { world, store } = nhn;
  const now = world.now();
  const isQuiet = world.scenario === 'quiet';
  const add = (name: string, dbVersion: string, ageDays: number, values: Record<string, string> = {}) => {
    const createdAt = now - ageDays * day;
    const isTuned = Object.keys(values).length > 0;
    const changedAt = isTuned ? now - (isQuiet ? tunedDaysAgoWhenQuiet : tunedDaysAgo) * day : createdAt;
    store.parameterGroups.add({
      id: seededId(nhn, `parameter group ${name}`),
      createdAt,
      updatedAt: changedAt,
      name,
      description: name === 'orders-tuned' ? 'For the order service' : null,
      dbVersion,
      values,
      changedAt: Object.fromEntries(Object.keys(values).map((parameter) => [parameter, changedAt])),
    });
  };
  add('default-v17-6', 'POSTGRESQL_V17_6', 430);
  add('orders-tuned', 'POSTGRESQL_V17_6', 412, {
    max_connections: '800',
    shared_buffers: '8GB',
    work_mem: '16MB',
    checkpoint_timeout: '900s',
    max_wal_size: '8192MB',
    random_page_cost: '1.1',
    log_min_duration_statement: '500ms',
    idle_in_transaction_session_timeout: '60s',
  });
  if (isQuiet) return;
  // Real sessions that come near this limit are few enough for any machine.
  add('default-v17-4', 'POSTGRESQL_V17_4', 240, world.backing && { max_connections: '30' });
  add('default-v14-6', 'POSTGRESQL_V14_6', 1310);
  add('default-v14-19', 'POSTGRESQL_V14_19', 20);
}
