import { subnetOf } from '../catalog.js';
import type { Instance } from '../entities.js';
import { invalidParameter, notFound, wrongState } from '../replies.js';
import { number, parameters, type Routes } from '../requests.js';
import { listOfInstances, usedBytes } from '../rows.js';
import { newServer } from '../servers.js';
import { become, take } from '../states.js';
import { type Naver, primaryOf, refuseUnlessRunning } from '../store.js';

/** The instance goes on running: only the replica's own server shows what is under way. */
export function readReplicaRoutes(naver: Naver): Routes {
  const { world, store } = naver;
  return {
    createCloudPostgresqlReadReplicaInstance: (call) => {
      const { cloudPostgresqlInstanceNo, subnetNo } = call.read(creation);
      const instance = store.get(cloudPostgresqlInstanceNo);
      refuseUnlessRunning(instance);
      refuseBusyReplica(instance);
      const primary = primaryOf(instance);
      const replica = newServer(naver, instance, 'S', subnetFor(instance, subnetNo));
      const comeUp = () => {
        replica.status = 'running';
        replica.upSince = world.now();
        if (!primary) return;
        const bytes = usedBytes(instance, primary, world.now());
        replica.used = { bytes, measuredAt: world.now(), growthPerDay: primary.used.growthPerDay };
      };
      const steps = [
        { after: 15, effect: become(replica, 'settingup') },
        { after: 25, effect: comeUp },
      ];
      take(steps, naver, call);
      return listOfInstances([instance], world.now());
    },

    deleteCloudPostgresqlReadReplicaInstance: (call) => {
      const { instance, server } = store.getServer(call.read(deletion).cloudPostgresqlServerInstanceNo);
      if (server.role !== 'S') throw invalidParameter(`Server ${server.name} (${server.no}) is not a read replica.`);
      refuseUnlessRunning(instance);
      refuseBusyReplica(instance);
      server.status = 'deleting';
      const leave = () => {
        instance.servers = instance.servers.filter((each) => each !== server);
      };
      const steps = [
        { after: 10, effect: become(server, 'deleted') },
        { after: 14, effect: leave },
      ];
      take(steps, naver, call);
      return listOfInstances([instance], world.now());
    },
  };
}

const creation = parameters({ cloudPostgresqlInstanceNo: number, subnetNo: number.optional() });
const deletion = parameters({ cloudPostgresqlServerInstanceNo: number });

/** A replica of an instance within one zone joins its primary, whatever was asked for. */
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
