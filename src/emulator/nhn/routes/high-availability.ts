import * as z from 'zod';
import { nothing } from '../../core/requests.js';
import { addContents, contentsOf } from '../contents.js';
import type { DbInstance, InstanceGroup, Progress } from '../entities.js';
import { failoverReplWaitingTime, pingInterval } from '../fields.js';
import { addStandby, newGroup, removeInstances } from '../provisioning.js';
import { deletionProtected, wrongState } from '../replies.js';
import type { Call, Routes } from '../requests.js';
import { membersOf, type Nhn } from '../store.js';
import { comeUp, refuseBusy, refuseUnlessReady, startWork } from '../work.js';

export function highAvailabilityRoutes(nhn: Nhn): Routes {
  const { store } = nhn;
  const instanceOf = (call: Call) => store.instances.get(call.path('dbInstanceId'));

  /** The pair that an instance belongs to. Refuses the request when there is none, or when one of the two is busy. */
  function pairOf(call: Call) {
    call.body(nothing);
    const instance = instanceOf(call);
    const group = store.instanceGroups.get(instance.groupId);
    if (!group.highAvailability || instance.type === 'READ_ONLY_SLAVE')
      throw wrongState(`DB instance ${instance.name} is not part of a high availability pair.`);
    const instances = membersOf(store, group.id).filter(({ type }) => type !== 'READ_ONLY_SLAVE');
    for (const member of instances) refuseBusy(member);
    return { instance, group, instances, highAvailability: group.highAvailability };
  }

  const start = (
    call: Call,
    { instance, instances }: { instance: DbInstance; instances: DbInstance[] },
    work: { seconds: number; progress: Progress; topic: string; effect: () => void },
  ) =>
    startWork(nhn, call, {
      seconds: work.seconds,
      resources: [
        ['DB_INSTANCE_GROUP', instance.groupId],
        ['DB_INSTANCE', instance.id],
      ],
      busy: { instances, progress: work.progress },
      event: { topic: work.topic, source: instance },
      effect: work.effect,
    });

  function turnOff(call: Call, group: InstanceGroup, master: DbInstance) {
    const standbys = membersOf(store, group.id).filter(({ type }) => !['MASTER', 'READ_ONLY_SLAVE'].includes(type));
    for (const standby of standbys) refuseBusy(standby);
    const shielded = standbys.find(
      ({ type, useDeletionProtection }) => type === 'FAILED_MASTER' && useDeletionProtection,
    );
    if (shielded) throw deletionProtected(shielded.name);
    const pair = { instance: master, instances: [master, ...standbys] };
    const effect = () => removeInstances(nhn, standbys);
    return start(call, pair, { seconds: 30, progress: 'MODIFYING', topic: 'DB_INSTANCE_37', effect });
  }

  return {
    'GET /v1.0/db-instances/:dbInstanceId/high-availability': (call) => {
      const { highAvailability } = store.instanceGroups.get(instanceOf(call).groupId);
      // The service was only ever seen to answer false, also for pairs. The status tells the truth.
      return { useHighAvailability: false, ...highAvailability };
    },

    'PUT /v1.0/db-instances/:dbInstanceId/high-availability': (call) => {
      const master = instanceOf(call);
      const change = call.body(modification);
      if (master.type !== 'MASTER')
        throw wrongState(`DB instance ${master.name} is a ${master.type}: high availability is set on the primary.`);
      refuseUnlessReady(master);
      const group = store.instanceGroups.get(master.groupId);
      const present = group.highAvailability;
      if (!change.useHighAvailability && !present)
        throw wrongState(`DB instance ${master.name} has no high availability to turn off.`);
      if (!change.useHighAvailability) return turnOff(call, group, master);
      return start(
        call,
        { instance: master, instances: [master] },
        {
          seconds: present ? 6 : 60,
          progress: present ? 'MODIFYING' : 'REPLICATING',
          topic: 'DB_INSTANCE_37',
          effect: () => {
            group.highAvailability = {
              haStatus: present?.haStatus ?? 'STABLE',
              pingInterval: change.pingInterval ?? present?.pingInterval ?? 3,
              failoverReplWaitingTime: change.failoverReplWaitingTime ?? present?.failoverReplWaitingTime ?? -1,
            };
            if (!present) addStandby(nhn, master);
          },
        },
      );
    },

    'POST /v1.0/db-instances/:dbInstanceId/high-availability/pause': (call) => {
      const pair = pairOf(call);
      const { highAvailability } = pair;
      if (highAvailability.haStatus !== 'STABLE')
        throw wrongState(
          `High availability of ${pair.instance.name} cannot be paused: it is ${highAvailability.haStatus}.`,
        );
      highAvailability.haStatus = 'PAUSING';
      const effect = () => void (highAvailability.haStatus = 'PAUSED');
      return start(call, pair, { seconds: 6, progress: 'MODIFYING', topic: 'DB_INSTANCE_43', effect });
    },

    'POST /v1.0/db-instances/:dbInstanceId/high-availability/resume': (call) => {
      const pair = pairOf(call);
      const { highAvailability } = pair;
      if (highAvailability.haStatus !== 'PAUSED')
        throw wrongState(
          `High availability of ${pair.instance.name} is not paused: it is ${highAvailability.haStatus}.`,
        );
      const effect = () => void (highAvailability.haStatus = 'STABLE');
      return start(call, pair, { seconds: 6, progress: 'MODIFYING', topic: 'DB_INSTANCE_44', effect });
    },

    'POST /v1.0/db-instances/:dbInstanceId/high-availability/repair': (call) => {
      const pair = pairOf(call);
      const failed = pair.instances.find(({ type }) => type === 'FAILED_MASTER');
      if (!failed) throw wrongState(`The pair of ${pair.instance.name} has no failed-over primary to repair.`);
      const effect = () => {
        comeUp(nhn, failed);
        failed.type = 'CANDIDATE_MASTER';
        pair.highAvailability.haStatus = 'STABLE';
      };
      return start(call, pair, { seconds: 40, progress: 'REPAIRING', topic: 'DB_INSTANCE_45', effect });
    },

    'POST /v1.0/db-instances/:dbInstanceId/high-availability/split': (call) => {
      const pair = pairOf(call);
      const leaving = pair.instances.find(({ type }) => type === 'FAILED_MASTER');
      if (!leaving) throw wrongState(`The pair of ${pair.instance.name} has no failed-over primary to split off.`);
      const effect = () => {
        const own = newGroup(nhn);
        addContents(nhn, contentsOf(store, pair.group.id), own.id);
        comeUp(nhn, leaving);
        Object.assign(leaving, { groupId: own.id, type: 'MASTER' });
        pair.group.highAvailability = undefined;
      };
      return start(call, pair, { seconds: 30, progress: 'MODIFYING', topic: 'DB_INSTANCE_47', effect });
    },
  };
}

const modification = z.strictObject({
  useHighAvailability: z.boolean(),
  pingInterval: pingInterval.optional(),
  failoverReplWaitingTime: failoverReplWaitingTime.optional(),
});
