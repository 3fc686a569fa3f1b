import * as z from 'zod';
import type { BackupPlan, Instance, StorageType } from '../entities.js';
import {
  clientCidr,
  databaseName,
  flag,
  integer,
  number,
  password,
  refusePasswordWithName,
  refuseReservedName,
  userName,
} from '../fields.js';
import { newServer } from '../provisioning.js';
import { invalidParameter, nameTaken, notFound } from '../replies.js';
import { type Call, parameters, type Routes } from '../requests.js';
import { type Image, images, type Product, products, storageTypes, subnetOf } from '../seed/catalog.js';
import type { Naver } from '../store.js';
import { instanceListView } from '../views/instances.js';
import { startWork } from '../work.js';

export function newInstanceRoutes(naver: Naver): Routes {
  const { world, store } = naver;
  return {
    createCloudPostgresqlInstance: (call) => {
      const given = call.read(creation);
      refuseBrokenRules(given);
      refusePlace(given);
      refuseReservedName(given.cloudPostgresqlUserName);
      refuseReservedName(given.cloudPostgresqlDatabaseName);
      refusePasswordWithName(given.cloudPostgresqlUserName, given.cloudPostgresqlUserPassword);
      const name = given.cloudPostgresqlServiceName;
      if (store.instances.all().some(({ serviceName }) => serviceName === name)) throw nameTaken('service', name);
      const instance = store.instances.add(toInstance(given, store.newNo(), world.now()));
      bringUp(instance, given, call);
      return instanceListView([instance], world.now());
    },
  };

  /** The first answer has no servers yet. They appear while the instance is still being created. */
  function bringUp(instance: Instance, { subnetNo, secondarySubnetNo }: Creation, call: Call): void {
    const addServers = () => {
      newServer(naver, instance, instance.isHa ? 'M' : 'A', subnetNo);
      if (instance.isHa) newServer(naver, instance, 'H', secondarySubnetNo ?? subnetNo);
    };
    const become = (status: 'settingup' | 'running') => {
      instance.status = status;
      for (const server of instance.servers) Object.assign(server, { status, upSince: world.now() });
    };
    startWork(
      naver,
      call,
      { after: 5, effect: addServers },
      { after: 20, effect: () => become('settingup') },
      { after: 35, effect: () => become('running') },
    );
  }
}

type Creation = z.infer<typeof creation>;

const creation = parameters({
  vpcNo: number,
  subnetNo: number,
  secondarySubnetNo: number.optional(),
  cloudPostgresqlImageProductCode: z.string().optional(),
  cloudPostgresqlProductCode: z.string().optional(),
  dataStorageTypeCode: z.enum(['SSD', 'HDD', 'CB1', 'CB2']).optional(),
  isHa: flag.default(true),
  isMultiZone: flag.default(false),
  isStorageEncryption: flag.default(false),
  isBackup: flag.default(true),
  backupFileRetentionPeriod: integer(1, 30).default(1),
  backupTime: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'has to be HH:MM')
    .optional(),
  backupFileStorageCount: integer(1, 30).optional(),
  isBackupFileCompression: flag.default(true),
  isAutomaticBackup: flag.default(true),
  cloudPostgresqlServiceName: z
    .string()
    .regex(/^[가-힣A-Za-z0-9-]{3,30}$/, 'has to be 3 to 30 letters, digits and hyphens'),
  cloudPostgresqlServerNamePrefix: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,18}[a-z0-9]$/, 'has to be 3 to 20 of a-z, 0-9 and -, and not end with -'),
  cloudPostgresqlUserName: userName,
  cloudPostgresqlUserPassword: password,
  clientCidr,
  cloudPostgresqlPort: integer(5432, 20_000).default(5432),
  cloudPostgresqlDatabaseName: databaseName,
  engineVersionCode: z.string().optional(),
});

const rules: { isBroken: (given: Creation) => boolean; says: string }[] = [
  { isBroken: ({ isMultiZone, isHa }) => isMultiZone && !isHa, says: 'isMultiZone: only together with isHa' },
  {
    isBroken: ({ isMultiZone, secondarySubnetNo }) => isMultiZone !== (secondarySubnetNo !== undefined),
    says: 'secondarySubnetNo: has to be given with isMultiZone, and only then',
  },
  { isBroken: ({ isHa, isBackup }) => isHa && !isBackup, says: 'isBackup: cannot be false with isHa' },
  {
    isBroken: ({ isBackup, isAutomaticBackup, backupTime }) => isBackup && !isAutomaticBackup && !backupTime,
    says: 'backupTime: has to be given when isAutomaticBackup is false',
  },
  {
    isBroken: ({ isAutomaticBackup, backupTime }) => isAutomaticBackup && backupTime !== undefined,
    says: 'backupTime: only when isAutomaticBackup is false',
  },
  {
    isBroken: ({ cloudPostgresqlPort: port }) => port !== 5432 && port < 10_000,
    says: 'cloudPostgresqlPort: has to be 5432, or 10000 to 20000',
  },
];

function refuseBrokenRules(given: Creation): void {
  const broken = rules.filter(({ isBroken }) => isBroken(given));
  if (broken.length) throw invalidParameter(broken.map(({ says }) => says).join('; '));
}

function refusePlace({ vpcNo, subnetNo, secondarySubnetNo }: Creation): void {
  const first = subnetOf(subnetNo);
  if (first?.vpcNo !== vpcNo) throw notFound('Subnet', `${subnetNo} in VPC ${vpcNo}`);
  if (secondarySubnetNo === undefined) return;
  const second = subnetOf(secondarySubnetNo);
  if (second?.vpcNo !== vpcNo) throw notFound('Subnet', `${secondarySubnetNo} in VPC ${vpcNo}`);
  if (second.zoneCode === first.zoneCode)
    throw invalidParameter('secondarySubnetNo: has to be in another zone than subnetNo');
  if (second.isPublic !== first.isPublic)
    throw invalidParameter('secondarySubnetNo: has to be public or private as subnetNo is');
}

function toInstance(given: Creation, id: string, now: number): Instance {
  const image = imageFor(given);
  return {
    id,
    serviceName: given.cloudPostgresqlServiceName,
    status: 'creating',
    serverNamePrefix: given.cloudPostgresqlServerNamePrefix,
    imageCode: image.code,
    engineVersion: image.engineVersion,
    productCode: productFor(given, image).code,
    storageType: storageFor(given, image),
    storageBytes: 10 * 1024 ** 3,
    isStorageEncryption: given.isStorageEncryption,
    port: given.cloudPostgresqlPort,
    isHa: given.isHa,
    isMultiZone: given.isMultiZone,
    backup: given.isBackup ? backupFor(given) : undefined,
    accessControlGroupNo: `16${id.slice(-4)}`,
    createdAt: now,
    servers: [],
    users: [{ name: given.cloudPostgresqlUserName, clientCidr: given.clientCidr, isReplicationRole: false }],
    databases: [{ name: given.cloudPostgresqlDatabaseName, owner: given.cloudPostgresqlUserName }],
  };
}

function imageFor({ cloudPostgresqlImageProductCode: code, engineVersionCode: version }: Creation): Image {
  const image = images.findLast(
    (each) => (code ?? each.code) === each.code && (version ?? each.engineVersion) === each.engineVersion,
  );
  if (!image) throw notFound('Image product', [code, version && `with version ${version}`].filter(Boolean).join(' '));
  return image;
}

function productFor({ cloudPostgresqlProductCode: code }: Creation, { generation }: Image): Product {
  const product = products.find((each) => each.generation === generation && (code ?? each.code) === each.code);
  if (!product) throw notFound('Server product', `${code} of generation ${generation}`);
  return product;
}

function storageFor({ dataStorageTypeCode: wanted }: Creation, { generation }: Image): StorageType {
  const types = storageTypes[generation];
  const type = wanted ?? types[0];
  if (types.includes(type)) return type;
  throw invalidParameter(`dataStorageTypeCode: ${type} is not for images of generation ${generation}`);
}

const backupFor = (given: Creation): BackupPlan => ({
  retentionDays: given.backupFileRetentionPeriod,
  time: given.backupTime ?? '02:00',
  storageCount: given.backupFileStorageCount ?? given.backupFileRetentionPeriod,
  isAutomatic: given.isAutomaticBackup,
  isCompressed: given.isBackupFileCompression,
});
