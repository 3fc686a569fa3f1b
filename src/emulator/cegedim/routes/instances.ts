import * as z from 'zod';
import type { Instance } from '../entities.js';
import { addNodes, addressesLacking } from '../provisioning.js';
import { accepted, inconsistent, invalidField, ok } from '../replies.js';
import type { Routes } from '../requests.js';
import {
  areas,
  endOfSalesAt,
  networks,
  nodeCountOf,
  products,
  regionOf,
  services,
  sizings,
  type Zone,
} from '../seed/catalog.js';
import { type Cegedim, refuseBusy, refuseTakenName } from '../store.js';
import { startedView } from '../views/actions.js';
import { instanceView } from '../views/instances.js';
import { startWork } from '../work.js';

// Creating accepts only this type. Changing an instance accepts plain JSON.
const creationType = 'application/vnd.cegedim-it.v1+json';

export function instanceRoutes(cegedim: Cegedim): Routes {
  const { world, store } = cegedim;
  return {
    'POST /itcare/databases/postgresql': (call) => {
      const order = call.body(creation, creationType);
      const { zone, areaId } = placeOf(order);
      refuseUnknown(order, world.now());
      refuseMisplaced(order, areaId);
      refuseTakenName(store, order.name);
      const instance = store.instances.add(newInstance(cegedim, order, areaId, call.client));
      const action = startWork(cegedim, call, {
        process: 'CREATE',
        instance,
        seconds: order.topology === 'HA' ? 60 : 40,
        meanwhile: 'CREATING',
        after: 'ACTIVE',
        obstacle: () => addressesLacking(store, instance, nodeCountOf[instance.topology]),
        effect: () => addNodes(cegedim, instance, order.nodePrefix ?? `${order.trigram.toUpperCase()}PG`, zone?.id),
        giveUp: () => store.instances.remove(instance.id),
      });
      return accepted(startedView(action));
    },

    'GET /itcare/databases/postgresql/:id': (call) => ok(instanceView(cegedim, store.instances.get(call.id('id')))),

    // An instance can be deleted without a stop and has no protection. Its backups are deleted too.
    'DELETE /itcare/databases/postgresql/:id': (call) => {
      const instance = store.instances.get(call.id('id'));
      refuseBusy(instance);
      const action = startWork(cegedim, call, {
        process: 'DELETE',
        instance,
        seconds: 20,
        meanwhile: 'DELETING',
        effect: () => store.instances.remove(instance.id),
      });
      return accepted(startedView(action));
    },
  };
}

const text = z.string().min(1);

const creation = z
  .strictObject({
    productCode: text,
    serviceId: z.number().int(),
    // The text wants lower case, but its own example is in upper case, so both are accepted.
    name: z.string().regex(/^[a-z0-9]{5,60}$/i),
    nodeSizing: z.enum(sizings),
    diskSize: z.number().int().min(40).max(1024),
    networkId: z.number().int(),
    admPassword: z
      .string()
      .min(12)
      .regex(/[a-z]/)
      .regex(/[A-Z]/)
      .regex(/[0-9]/)
      .regex(/[^A-Za-z0-9]/),
    topology: z.enum(['STANDALONE', 'HA']),
    trigram: text,
    allowedReplicationLag: z.number().int().min(1).max(10_240),
    area: text.optional(),
    az: text.optional(),
    tls: z.boolean().optional(),
    nodePrefix: z
      .string()
      .regex(/^[A-Z]{5,12}$/)
      .optional(),
    prefix: z.string().optional(),
    region: text.optional(),
    cloudId: z.number().int().optional(),
    regulation: z.string().optional(),
    supportLevel: z.string().optional(),
    backupEnabled: z.boolean().default(true),
    dbBackupPolicyId: z.string().optional(),
    serverBackupPolicyId: z.string().optional(),
    replicationEnabled: z.boolean().optional(),
    noBackupProdReason: z.string().optional(),
    noMonitoringProdReason: z.string().optional(),
    noReplicationProdReason: z.string().optional(),
    product: z.record(z.string(), z.unknown()).optional(),
  })
  .superRefine((order, context) => {
    const refuse = (field: keyof typeof order) => context.addIssue({ code: 'custom', path: [field] });
    if (order.name.toLowerCase() === 'cluster') refuse('name');
    if (order.area === undefined && order.az === undefined) refuse('area');
    if (order.topology === 'HA')
      for (const field of ['nodePrefix', 'az', 'tls'] as const) if (order[field] === undefined) refuse(field);
  });

type Order = z.infer<typeof creation>;

/** The documented example of a creation writes this word for its zone and leaves the choice open. */
const anyZone = 'az';

/** Where to create the instance. A zone implies its area. With only an area, the service chooses the zone. */
function placeOf({ area, az, region }: Order): { areaId: string; zone?: Zone } {
  const ofZone = areas.find(({ zones }) => zones.some(({ id }) => id === az));
  if (az !== undefined && az !== anyZone && !ofZone) throw invalidField('az');
  const ofArea = areas.find(({ id }) => id === area);
  if (area !== undefined && !ofArea) throw invalidField('area');
  const place = ofArea ?? ofZone;
  if (!place || (ofZone && ofZone !== place)) throw inconsistent(`zone ${az} is not in area ${area}`);
  if (region !== undefined && regionOf(place).id !== region)
    throw inconsistent(`area ${place.id} is not in region ${region}`);
  return { areaId: place.id, zone: place.zones.find(({ id }) => id === az) };
}

function refuseUnknown({ serviceId, networkId, productCode }: Order, now: number): void {
  if (!services.some(({ id }) => id === serviceId)) throw invalidField('serviceId');
  if (!networks.some(({ id }) => id === networkId)) throw invalidField('networkId');
  const product = products.find(({ code }) => code === productCode);
  if (!product || endOfSalesAt(product) < now) throw invalidField('productCode');
}

function refuseMisplaced({ networkId }: Order, areaId: string): void {
  if (!networks.some((network) => network.id === networkId && network.areaId === areaId))
    throw inconsistent(`network ${networkId} is not in area ${areaId}`);
}

function newInstance({ world, store }: Cegedim, order: Order, areaId: string, client: string): Instance {
  const supportLevel = order.supportLevel ?? 'MONITORING';
  return {
    id: store.newResourceId(),
    internalId: store.newInternalId(),
    name: order.name,
    comment: null,
    status: 'CREATING',
    topology: order.topology,
    productCode: order.productCode,
    serviceId: order.serviceId,
    networkId: order.networkId,
    areaId,
    sizing: order.nodeSizing,
    diskGb: order.diskSize,
    usedGb: 1,
    allowedReplicationLagMb: order.allowedReplicationLag,
    trigram: order.trigram,
    tls: order.tls ?? false,
    createdAt: world.now(),
    createdBy: client,
    backedUp: order.backupEnabled,
    monitored: supportLevel !== 'NO_MONITORING_NO_SUPPORT',
    supportLevel,
    nodes: [],
    databases: [{ name: 'postgres', extensions: [] }],
    past: [],
  };
}
