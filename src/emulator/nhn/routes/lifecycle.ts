import { z } from 'zod';
import { minute, second } from '../../core/dates.js';
import { nothing } from '../../core/requests.js';
import { startSteps } from '../../core/work.js';
import { takeBackup } from '../backups.js';
import { addContents, contentsOf } from '../contents.js';
import type { DbInstance } from '../entities.js';
import { newGroup } from '../provisioning.js';
import { wrongState } from '../replies.js';
import type { Call, Routes } from '../requests.js';
import { membersOf, type Nhn, needsParameters } from '../store.js';
import { refuseBusy, refuseUnlessReady, report, startWork } from '../work.js';

/** A forced restart has no job. The machine is reset after ten minutes. */
const forcedRestartLasts = 10 * minute;

export function lifecycleRoutes(nhn: Nhn): Routes {
  const { world, store } = nhn;
  const instanceOf = (call: Call) => store.instances.get(call.path('dbInstanceId'));
  const bringUp = (instance: DbInstance) => {
    instance.status = 'AVAILABLE';
    instance.parametersAppliedAt = world.now();
    for (const downtime of instance.downtimes) downtime.to ??= world.now();
  };
  return {
    'POST /v1.0/db-instances/:dbInstanceId/restart': (call) => {
      const instance = instanceOf(call);
      const { useOnlineFailover, executeBackup } = call.body(restart);
      refuseUnlessReady(instance);
      const pair = pairOf(instance);
      if (useOnlineFailover && pair.length < 2)
        throw wrongState(`DB instance ${instance.name} has no standby to fail over to.`);
      // With an online failover, the standby takes over in the meantime, so there is no downtime.
      if (!useOnlineFailover)
        instance.downtimes.push({ from: world.now() + 4 * second, to: world.now() + 12 * second });
      return startWork(nhn, call, {
        seconds: 15,
        resources: [['DB_INSTANCE', instance.id]],
        busy: { instances: useOnlineFailover ? pair : [instance], progress: 'RESTARTING' },
        event: { topic: 'DB_INSTANCE_02', source: instance },
        effect: () => {
          if (executeBackup) takeBackup(nhn, instance);
          bringUp(instance);
        },
      });
    },

    // This is the only background work without a job. Only progressStatus shows it.
    'POST /v1.0/db-instances/:dbInstanceId/force-restart': (call) => {
      call.body(nothing);
      const instance = instanceOf(call);
      refuseUnlessReady(instance);
      instance.progress = 'RESTARTING_FORCIBLY';
      instance.downtimes.push({ from: world.now(), to: world.now() + forcedRestartLasts });
      report(store, 'DB_INSTANCE_03_00', instance, world.now());
      const comeUp = () => {
        bringUp(instance);
        instance.progress = 'NONE';
        report(store, 'DB_INSTANCE_02_01', instance, world.now());
      };
      startSteps(world, call, { steps: [{ after: forcedRestartLasts / second, effect: comeUp }] });
      return {};
    },

    'POST /v1.0/db-instances/:dbInstanceId/start': (call) => {
      call.body(nothing);
      const instance = instanceOf(call);
      refuseBusy(instance);
      if (instance.status !== 'SHUTDOWN')
        throw wrongState(`DB instance ${instance.name} is not stopped: its dbInstanceStatus is ${instance.status}.`);
      return startWork(nhn, call, {
        seconds: 12,
        resources: [['DB_INSTANCE', instance.id]],
        busy: { instances: [instance], progress: 'STARTING' },
        event: { topic: 'DB_INSTANCE_02', source: instance },
        effect: () => bringUp(instance),
      });
    },

    'POST /v1.0/db-instances/:dbInstanceId/stop': (call) => {
      call.body(nothing);
      const instance = instanceOf(call);
      refuseUnlessReady(instance);
      return startWork(nhn, call, {
        seconds: 10,
        resources: [['DB_INSTANCE', instance.id]],
        busy: { instances: [instance], progress: 'STOPPING' },
        event: { topic: 'DB_INSTANCE_04', source: instance },
        effect: () => {
          instance.status = 'SHUTDOWN';
          instance.downtimes.push({ from: world.now() });
        },
      });
    },

    'POST /v1.0/db-instances/:dbInstanceId/apply-recent-parameter-group': (call) => {
      const instance = instanceOf(call);
      const { executeBackup } = call.body(application);
      refuseUnlessReady(instance);
      if (!needsParameters(store, instance))
        throw wrongState(`DB instance ${instance.name} has the latest state of its parameter group already.`);
      return startWork(nhn, call, {
        seconds: 15,
        resources: [['DB_INSTANCE', instance.id]],
        busy: { instances: [instance], progress: 'APPLYING_PARAMETER_GROUP' },
        event: { topic: 'DB_INSTANCE_24', source: instance },
        effect: () => {
          if (executeBackup) takeBackup(nhn, instance);
          instance.parametersAppliedAt = world.now();
        },
      });
    },

    'POST /v1.0/db-instances/:dbInstanceId/promote': (call) => {
      call.body(nothing);
      const replica = instanceOf(call);
      if (replica.type !== 'READ_ONLY_SLAVE')
        throw wrongState(`DB instance ${replica.name} is a ${replica.type}: only a read replica can be promoted.`);
      refuseUnlessReady(replica);
      const primary = membersOf(store, replica.groupId).find(({ type }) => type === 'MASTER');
      if (primary?.status !== 'AVAILABLE')
        throw wrongState(`DB instance ${replica.name} cannot be promoted: its primary is not AVAILABLE.`);
      return startWork(nhn, call, {
        seconds: 30,
        resources: [['DB_INSTANCE', replica.id]],
        busy: { instances: [replica], progress: 'PROMOTING' },
        event: { topic: 'DB_INSTANCE_32', source: replica },
        effect: () => {
          const group = newGroup(nhn);
          addContents(nhn, contentsOf(store, replica.groupId), group.id);
          Object.assign(replica, { groupId: group.id, type: 'MASTER', status: 'AVAILABLE' });
        },
      });
    },
  };

  function pairOf(instance: DbInstance): DbInstance[] {
    return membersOf(store, instance.groupId).filter(({ type }) => type === 'MASTER' || type === 'CANDIDATE_MASTER');
  }
}

const restart = z.strictObject({
  useOnlineFailover: z.boolean().default(false),
  executeBackup: z.boolean().default(false),
});

const application = z.strictObject({ executeBackup: z.boolean().default(false) });
