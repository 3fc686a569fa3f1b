import * as z from 'zod';
import { minute, second } from '../../core/dates.js';
import { nothing } from '../../core/requests.js';
import { startSteps } from '../../core/work.js';
import { takeBackup } from '../backups.js';
import { addContents, contentsOf } from '../contents.js';
import type { DbInstance } from '../entities.js';
import { lagSecondsAt } from '../metrics.js';
import { newGroup, swapRoles } from '../provisioning.js';
import { wrongState } from '../replies.js';
import type { Call, Routes } from '../requests.js';
import { needRestart } from '../seed/parameters.js';
import { membersOf, type Nhn, waitingParameters } from '../store.js';
import { comeUp, goDown, refuseBusy, refuseUnlessReady, report, startWork } from '../work.js';

/** A forced restart has no job. The machine is reset after ten minutes. */
const forcedRestartLasts = 10 * minute;

export function lifecycleRoutes(nhn: Nhn): Routes {
  const { world, store } = nhn;
  const instanceOf = (call: Call) => store.instances.get(call.path('dbInstanceId'));
  return {
    'POST /v1.0/db-instances/:dbInstanceId/restart': (call) => {
      const instance = instanceOf(call);
      const { useOnlineFailover, executeBackup } = call.body(restart);
      refuseUnlessReady(instance);
      const backUp = (master: DbInstance) => void (executeBackup && takeBackup(nhn, master));
      if (useOnlineFailover) return failOver(call, instance, backUp);
      return startWork(nhn, call, {
        seconds: 15,
        resources: [['DB_INSTANCE', instance.id]],
        busy: { instances: [instance], progress: 'RESTARTING' },
        restarts: [instance],
        effect: () => backUp(instance),
      });
    },

    // This is the only background work without a job. Only progressStatus shows it.
    'POST /v1.0/db-instances/:dbInstanceId/force-restart': (call) => {
      call.body(nothing);
      const instance = instanceOf(call);
      refuseUnlessReady(instance);
      instance.progress = 'RESTARTING_FORCIBLY';
      report(store, 'DB_INSTANCE_03_00', instance, world.now());
      goDown(nhn, instance);
      const end = () => {
        comeUp(nhn, instance);
        instance.progress = 'NONE';
      };
      startSteps(world, call, { steps: [{ after: forcedRestartLasts / second, effect: end }] });
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
        effect: () => comeUp(nhn, instance),
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
          goDown(nhn, instance);
        },
      });
    },

    'POST /v1.0/db-instances/:dbInstanceId/apply-recent-parameter-group': (call) => {
      const instance = instanceOf(call);
      const { executeBackup } = call.body(application);
      refuseUnlessReady(instance);
      const waiting = waitingParameters(store, instance);
      if (waiting.length === 0)
        throw wrongState(`DB instance ${instance.name} has the latest state of its parameter group already.`);
      return startWork(nhn, call, {
        seconds: 15,
        resources: [['DB_INSTANCE', instance.id]],
        busy: { instances: [instance], progress: 'APPLYING_PARAMETER_GROUP' },
        restarts: needRestart(waiting) ? [instance] : [],
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

  /** The standby restarts first and takes over. Then the old primary restarts, and is the standby from then on. */
  function failOver(call: Call, master: DbInstance, backUp: (master: DbInstance) => void) {
    const standby = membersOf(store, master.groupId).find(({ type }) => type === 'CANDIDATE_MASTER');
    if (master.type !== 'MASTER' || !standby)
      throw wrongState(`DB instance ${master.name} has no standby to fail over to.`);
    refuseUnlessReady(standby);
    return startWork(nhn, call, {
      seconds: 20,
      resources: [['DB_INSTANCE', master.id]],
      busy: { instances: [master, standby], progress: 'RESTARTING' },
      restarts: [standby, master],
      event: { topic: 'DB_INSTANCE_41', source: master },
      // The events alone say that a lag was the reason.
      fails: () => membersOf(store, master.groupId).some((member) => lagSecondsAt(member, world.now()) >= 1),
      effect: () => {
        swapRoles(store, master, standby);
        backUp(standby);
      },
    });
  }
}

const restart = z.strictObject({
  useOnlineFailover: z.boolean().default(false),
  executeBackup: z.boolean().default(false),
});

const application = z.strictObject({ executeBackup: z.boolean().default(false) });
