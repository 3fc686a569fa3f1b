import * as z from 'zod';
import type { Instance } from '../entities.js';
import { integer, number } from '../fields.js';
import { invalidParameter, wrongState } from '../replies.js';
import { hasWholePaging, paging, parameters, type Routes, wantedPage, wholePaging } from '../requests.js';
import { subnetOf } from '../seed/catalog.js';
import { type Naver, refuseUnlessRunning, serverOf } from '../store.js';
import { asRead, instanceListView } from '../views/instances.js';
import { lagBehind, startWork } from '../work.js';

export function instanceRoutes(naver: Naver): Routes {
  const { world, store } = naver;
  return {
    getCloudPostgresqlInstanceList: (call) => {
      const wanted = call.read(filters);
      const seen = store.instances.all().map(asRead);
      const found = seen.filter((instance) => fits(instance, wanted));
      return instanceListView(wantedPage(found, wanted), world.now(), found.length);
    },

    getCloudPostgresqlInstanceDetail: (call) => {
      const instance = store.instances.get(call.read(oneInstance).cloudPostgresqlInstanceNo);
      return instanceListView([asRead(instance)], world.now());
    },

    deleteCloudPostgresqlInstance: (call) => {
      const instance = store.instances.get(call.read(oneInstance).cloudPostgresqlInstanceNo);
      refuseUnlessRunning(instance);
      if (instance.servers.some(({ role }) => role === 'S'))
        throw wrongState(`Instance ${instance.serviceName} (${instance.id}) has a read replica: delete that first.`);
      const become = (status: 'deleting' | 'deleted') => {
        instance.status = status;
        for (const server of instance.servers) server.status = status;
      };
      lagBehind(naver, instance);
      become('deleting');
      startWork(
        naver,
        call,
        { after: 15, effect: () => become('deleted') },
        { after: 20, effect: () => store.instances.remove(instance.id) },
      );
      return instanceListView([instance], world.now());
    },

    rebootCloudPostgresqlServerInstance: (call) => {
      const { instance, server } = serverOf(store, call.read(oneServer).cloudPostgresqlServerInstanceNo);
      if (server.role === 'H') throw invalidParameter(`Server ${server.name} is a secondary: it cannot be restarted.`);
      refuseUnlessRunning(instance);
      if (server.status !== 'running') throw wrongState(`Server ${server.name} is ${server.status}.`);
      lagBehind(naver, instance);
      instance.status = 'restarting';
      server.status = 'restarting';
      const comeUp = () => {
        instance.status = 'running';
        Object.assign(server, { status: 'running', upSince: world.now() });
      };
      startWork(naver, call, { after: 12, effect: comeUp });
      return instanceListView([instance], world.now());
    },
  };
}

const oneInstance = parameters({ cloudPostgresqlInstanceNo: number });
const oneServer = parameters({ cloudPostgresqlServerInstanceNo: number });

const filters = parameters({
  zoneCode: z.string().optional(),
  vpcNo: number.optional(),
  subnetNo: number.optional(),
  cloudPostgresqlServiceName: z.string().optional(),
  cloudPostgresqlInstanceNoList: z.array(number).optional(),
  cloudPostgresqlServerName: z.string().optional(),
  cloudPostgresqlServerInstanceNoList: z.array(number).optional(),
  ...paging,
  // Unlike the other lists, this one has no documented upper limit.
  pageSize: integer(1, Number.MAX_SAFE_INTEGER).optional(),
}).refine(hasWholePaging, wholePaging);

function fits(instance: Instance, wanted: z.infer<typeof filters>): boolean {
  const { servers } = instance;
  const { cloudPostgresqlInstanceNoList: nos, cloudPostgresqlServerInstanceNoList: serverNos } = wanted;
  const { zoneCode, vpcNo, subnetNo, cloudPostgresqlServerName: serverName } = wanted;
  const isAbsentOr = (given: unknown, isSo: () => boolean) => given === undefined || isSo();
  return (
    isAbsentOr(nos, () => nos?.includes(instance.id) === true) &&
    isAbsentOr(serverNos, () => servers.some(({ id }) => serverNos?.includes(id))) &&
    isAbsentOr(wanted.cloudPostgresqlServiceName, () => instance.serviceName === wanted.cloudPostgresqlServiceName) &&
    isAbsentOr(serverName, () => servers.some(({ name }) => name === serverName)) &&
    isAbsentOr(subnetNo, () => servers.some((server) => server.subnetNo === subnetNo)) &&
    isAbsentOr(vpcNo, () => servers.some((server) => subnetOf(server.subnetNo)?.vpcNo === vpcNo)) &&
    isAbsentOr(zoneCode, () => servers.some((server) => subnetOf(server.subnetNo)?.zoneCode === zoneCode))
  );
}
