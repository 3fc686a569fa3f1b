import { copied } from '../../core/copies.js';
import { day, hour, lastMoment } from '../../core/dates.js';
import { startsAtHour } from '../backups.js';
import type { Database, Instance } from '../entities.js';
import { addNodes } from '../provisioning.js';
import type { Cegedim } from '../store.js';

interface Story extends Partial<Instance> {
  name: string;
  ageDays: number;
  serviceId: number;
  nodePrefix: string;
}

const installed = (name: string, version: string) => ({ name, schema: 'public', version });
const statistics = installed('pg_stat_statements', '1.10');

const database = (name: string, ...extensions: Database['extensions']): Database => ({ name, extensions });

const production = {
  networkId: 210,
  areaId: 'EB-PROD',
  supportLevel: 'MONITORING_AND_SUPPORT',
};

const ordersProd: Story = {
  ...production,
  name: 'ordersprod01',
  comment: 'Order service',
  ageDays: 402,
  serviceId: 101,
  nodePrefix: 'ORDPRD',
  topology: 'HA',
  sizing: '4cpu16gb',
  diskGb: 200,
  usedGb: 92,
  trigram: 'ord',
  databases: [database('orders', statistics, installed('pg_trgm', '1.6')), database('orders_archive', statistics)],
};

const ordersQa: Story = {
  name: 'ordersqa01',
  comment: 'Restores are rehearsed here',
  ageDays: 120,
  serviceId: 123,
  nodePrefix: 'ORDQA',
  diskGb: 120,
  usedGb: 41,
  trigram: 'orq',
  databases: [database('orders', statistics)],
};

const reportsQa: Story = {
  name: 'reportsqa01',
  comment: 'Stopped every evening, started when somebody needs it',
  ageDays: 233,
  serviceId: 125,
  nodePrefix: 'REPQA',
  diskGb: 80,
  usedGb: 33,
  trigram: 'rep',
  databases: [database('reports', statistics)],
};

const billing: Story = {
  ...production,
  name: 'billinglegacy',
  comment: 'Invoices until 2023; waits for its upgrade',
  ageDays: 1890,
  serviceId: 102,
  nodePrefix: 'BILPRD',
  diskGb: 100,
  usedGb: 57,
  trigram: 'bil',
  databases: [database('billing', installed('hstore', '1.5'), installed('pgcrypto', '1.3'))],
};

const partner: Story = {
  ...production,
  name: 'partnerportal',
  comment: 'Portal of the partners',
  ageDays: 611,
  serviceId: 104,
  nodePrefix: 'PARPRD',
  diskGb: 60,
  usedGb: 22,
  trigram: 'par',
  databases: [database('portal', statistics, installed('unaccent', '1.1'))],
};

/** Three of them have a problem, and one is stopped. */
const usual = (now: number): Story[] => [
  ordersProd,
  ordersQa,
  { ...reportsQa, productCode: 'deb12pg15', status: 'INACTIVE', stoppedAt: lastMoment(19 * hour, now, 'utc') },
  { ...billing, productCode: 'deb10pg11', usedGb: 91 },
  {
    ...partner,
    productCode: 'deb11pg14',
    networkId: 214,
    tls: false,
    monitored: false,
    supportLevel: 'NO_MONITORING_NO_SUPPORT',
    backedUp: false,
    lastBackupAt: lastMoment(startsAtHour * hour, now - 41 * day, 'utc'),
    exclusion: { by: 'ops@example.com', at: now - 118 * day, reason: 'The portal must not restart before its release' },
  },
];

/** The same fleet without problems. Instances for production have a standby. */
const quiet: Story[] = [
  ordersProd,
  ordersQa,
  reportsQa,
  { ...billing, comment: 'Invoices', topology: 'HA' },
  { ...partner, topology: 'HA' },
];

/**
 * In a further account these have the same names, or the same numbers, as in the first one. Real accounts may share
 * both, and not always for the same instance. All other names and numbers are the account's own.
 */
const commonNames = new Set(['ordersprod01', 'reportsqa01']);
const commonNumbers = new Set(['ordersprod01', 'billinglegacy']);

/** The name of a seeded instance in this account. Such names only have letters and digits. */
export const nameIn = ({ account }: Cegedim, name: string): string =>
  commonNames.has(name) ? name : account.own(name).replaceAll(/[^a-z0-9]/g, '');

export function addInstances(cegedim: Cegedim): void {
  const { world } = cegedim;
  const stories = world.scenario === 'quiet' ? quiet : usual(world.now());
  for (const story of copied(stories, world.copies, (each, copy) => ({ ...each, name: `${each.name}x${copy}` })))
    add(cegedim, story);
}

function add(cegedim: Cegedim, { ageDays, nodePrefix, ...story }: Story): void {
  const { account, world, store } = cegedim;
  const numbered = <R extends { id: number; internalId: number }>(row: R): R =>
    commonNumbers.has(story.name)
      ? row
      : { ...row, id: account.ownNumber(row.id), internalId: account.ownNumber(row.internalId) };
  const instance: Instance = numbered({
    id: store.newResourceId(),
    internalId: store.newInternalId(),
    comment: null,
    status: 'ACTIVE',
    topology: 'STANDALONE',
    productCode: 'deb12pg16',
    networkId: 132,
    areaId: 'EB-QA',
    sizing: '2cpu4gb',
    diskGb: 40,
    usedGb: 8,
    allowedReplicationLagMb: 50,
    trigram: 'tri',
    tls: true,
    createdAt: world.now() - ageDays * day,
    createdBy: 'ops@example.com',
    backedUp: true,
    monitored: true,
    supportLevel: 'MONITORING',
    nodes: [],
    databases: [],
    past: [],
    ...structuredClone(story),
    name: nameIn(cegedim, story.name),
  });
  store.instances.add(instance);
  addNodes(cegedim, instance, nodePrefix);
  instance.nodes = instance.nodes.map(numbered);
}
