import type { Instance } from '../entities.js';
import { number } from '../fields.js';
import { newServer, usedBytes } from '../provisioning.js';
import { invalidParameter, notFound, wrongState } from '../replies.js';
import { parameters, type Routes } from '../requests.js';
import { subnetOf } from '../seed/catalog.js';
import { type Naver, primaryOf, refuseUnlessRunning, serverOf } from '../store.js';
import { instanceListView } from '../views/instances.js';
import { become, lagBehind, startWork } from '../work.js';

/** The instance continues to run. Only the replica's own server shows the work. */
export function readReplicaRoutes(naver: Naver): Routes {
  const { world, store } = naver;
  return {
    createCloudPostgresqlReadReplicaInstance: (call) => {
      const { cloudPostgresqlInstanceNo, subnetNo } = call.read(creation);
      const instance = store.instances.get(cloudPostgresqlInstanceNo);
      refuseUnlessRunning(instance);
      refuseBusyReplica(instance);
      const primary = primaryOf(instance);
      lagBehind(naver, instance);
      const replica = newServer(naver, instance, 'S', subnetFor(instance, subnetNo));
      const comeUp = () => {
        replica.status = 'running';
        replica.upSince = world.now();
        if (!primary) return;
        const bytes = usedBytes(instance, primary, world.now());
        replica.used = { bytes, measuredAt: world.now(), growthPerDay: primary.used.growthPerDay };
      };
      startWork(naver, call, { after: 15, effect: become(replica, 'settingup') }, { after: 25, effect: comeUp });
      return instanceListView([instance], world.now());
    },

    deleteCloudPostgresqlReadReplicaInstance: (call) => {
      const { instance, server } = serverOf(store, call.read(deletion).cloudPostgresqlServerInstanceNo);
      if (server.role !== 'S') throw invalidParameter(`Server ${server.name} (${server.id}) is not a read replica.`);
      refuseUnlessRunning(instance);
      refuseBusyReplica(instance);
      lagBehind(naver, instance);
      server.status = 'deleting';
      const removeServer = () => {
        instance.servers = instance.servers.filter((each) => each !== server);
      };
      startWork(naver, call, { after: 10, effect: become(server, 'deleted') }, { after: 14, effect: removeServer });
      return instanceListView([instance], world.now());
    },
  };
}

const creation = parameters({ cloudPostgresqlInstanceNo: number, subnetNo: number.optional() });
const deletion = parameters({ cloudPostgresqlServerInstanceNo: number });

/** A replica of an instance in one zone gets the subnet of its primary, even if another one was requested. */
function subnetFor(instance: Instance, wanted: string | undefined): string {
  const own = primaryOf(instance)?.subnetNo ?? '';
  if (!instance.isMultiZone) return own;
  if (!wanted) throw invalidParameter('subnetNo: has to be given for an instance in several zones');
  if (subnetOf(wanted)?.vpcNo !== subnetOf(own)?.vpcNo)
    throw notFound('Subnet', `${wanted} in the VPC of the instance`);
  return wanted;
}

function refuseBusyReplica({ serviceName, servers }: Instance): void {
  const busy = servers.find(({ role, status }) => role === 'S' && status !== 'running');
  if (busy)
    throw wrongState(`Read replica ${busy.name} of instance ${serviceName} is ${busy.status}: one replica at a time.`);
}
