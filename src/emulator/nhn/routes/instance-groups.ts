import * as z from 'zod';
import { nothing } from '../../core/requests.js';
import type { GroupExtension, InstanceGroup } from '../entities.js';
import { id } from '../fields.js';
import { newRow } from '../provisioning.js';
import { notFound, wrongState } from '../replies.js';
import type { Call, Routes } from '../requests.js';
import { extensionOf, extensions } from '../seed/catalog.js';
import { membersOf, type Nhn } from '../store.js';
import { extensionView } from '../views/contents.js';
import { instanceGroupView } from '../views/instances.js';
import { refuseUnlessReady, startWork } from '../work.js';

export function instanceGroupRoutes(nhn: Nhn): Routes {
  const { world, store } = nhn;
  const groupOf = (call: Call) => store.instanceGroups.get(call.path('dbInstanceGroupId'));
  const extensionsIn = (groupId: string) => store.groupExtensions.all().filter((row) => row.groupId === groupId);
  const masterOf = (group: InstanceGroup) => {
    const master = membersOf(store, group.id).find(({ type }) => type === 'MASTER');
    if (!master) throw wrongState(`DB instance group ${group.id} has no primary.`);
    return master;
  };

  /** The engine's result of one reserved change, which depends on what is installed in the database by then. */
  function settle(row: GroupExtension): void {
    const { name, needs } = extensionOf(row.extensionId);
    const others = extensionsIn(row.groupId).filter(
      ({ databaseId, status }) => databaseId === row.databaseId && status === 'INSTALLED',
    );
    const action = row.reservedAction;
    row.reservedAction = 'NONE';
    row.errorReason = null;
    if (action === 'NONE') return;
    if (action.startsWith('INSTALL')) {
      const base = extensions.find((extension) => extension.name === needs);
      const isMissing = base && !others.some(({ extensionId }) => extensionId === base.id);
      if (base && isMissing && action === 'INSTALL') {
        row.status = 'INSTALL_ERROR';
        row.errorReason = `required extension "${base.name}" is not installed`;
        return;
      }
      if (base && isMissing) add({ ...row, extensionId: base.id, status: 'INSTALLED' });
      row.status = 'INSTALLED';
      return;
    }
    const dependents = others.filter(({ extensionId }) => extensionOf(extensionId).needs === name);
    if (dependents.length > 0 && action === 'DELETE') {
      row.status = 'DELETE_ERROR';
      row.errorReason = `cannot drop extension ${name} because other objects depend on it`;
      return;
    }
    for (const { id } of [row, ...dependents]) store.groupExtensions.remove(id);
  }

  const add = (row: Omit<GroupExtension, 'id' | 'createdAt' | 'updatedAt'>) =>
    store.groupExtensions.add({ ...row, ...newRow(nhn) });

  return {
    'GET /v1.0/db-instance-groups': () => ({ dbInstanceGroups: store.instanceGroups.all().map(instanceGroupView) }),

    'GET /v1.0/db-instance-groups/:dbInstanceGroupId': (call) => {
      const group = groupOf(call);
      const dbInstances = membersOf(store, group.id).map(({ id, type, status }) => ({
        dbInstanceId: id,
        dbInstanceType: type,
        dbInstanceStatus: status,
      }));
      return { ...instanceGroupView(group), dbInstances };
    },

    'GET /v1.0/db-instance-groups/:dbInstanceGroupId/extensions': (call) => {
      const group = groupOf(call);
      const rows = extensionsIn(group.id);
      const isApplying = membersOf(store, group.id).some(({ progress }) => progress === 'APPLYING_EXTENSION');
      return {
        extensions: extensions.map((extension) => extensionView(store, extension, { rows, isApplying })),
        isNeedToApply: rows.some(({ reservedAction }) => reservedAction !== 'NONE'),
      };
    },

    'POST /v1.0/db-instance-groups/:dbInstanceGroupId/extensions/apply': (call) => {
      call.body(nothing);
      const group = groupOf(call);
      const master = masterOf(group);
      refuseUnlessReady(master);
      const reserved = extensionsIn(group.id).filter(({ reservedAction }) => reservedAction !== 'NONE');
      if (reserved.length === 0) throw wrongState(`DB instance group ${group.id} has no reserved extension changes.`);
      return startWork(nhn, call, {
        seconds: 15,
        resources: [['DB_INSTANCE_GROUP', group.id]],
        busy: { instances: [master], progress: 'APPLYING_EXTENSION' },
        event: { topic: 'DB_INSTANCE_57', source: master },
        effect: () => {
          for (const row of reserved) settle(row);
        },
      });
    },

    'POST /v1.0/db-instance-groups/:dbInstanceGroupId/extensions/sync': (call) => {
      call.body(nothing);
      const group = groupOf(call);
      const master = masterOf(group);
      refuseUnlessReady(master);
      return startWork(nhn, call, {
        seconds: 8,
        resources: [['DB_INSTANCE_GROUP', group.id]],
        busy: { instances: [master], progress: 'SYNCING_EXTENSION' },
        effect: () => {
          group.updatedAt = world.now();
        },
      });
    },

    'POST /v1.0/db-instance-groups/:dbInstanceGroupId/extensions/:extensionId': (call) => {
      const group = groupOf(call);
      const extension = extensionOf(call.path('extensionId'));
      const { databaseId, schemaName, withCascade } = call.body(installation);
      const database = store.databases.get(databaseId);
      if (database.groupId !== group.id) throw notFound('Database', databaseId);
      if (!database.schemas.includes(schemaName)) throw notFound(`Schema of database ${database.name}`, schemaName);
      const own = extensionsIn(group.id).find(
        (row) => row.extensionId === extension.id && row.databaseId === databaseId,
      );
      if (own && own.status !== 'INSTALL_ERROR')
        throw wrongState(`Extension ${extension.name} is installed or reserved in database ${database.name} already.`);
      if (own) store.groupExtensions.remove(own.id);
      const reservedAction = withCascade ? 'INSTALL_WITH_CASCADE' : 'INSTALL';
      const [groupId, extensionId] = [group.id, extension.id];
      add({ groupId, extensionId, databaseId, schemaName, status: 'CREATED', reservedAction, errorReason: null });
      return {};
    },

    'DELETE /v1.0/db-instance-groups/:dbInstanceGroupId/extensions/:dbInstanceGroupExtensionId': (call) => {
      const group = groupOf(call);
      const { withCascade } = call.query(removal);
      const row = store.groupExtensions.get(call.path('dbInstanceGroupExtensionId'));
      if (row.groupId !== group.id) throw notFound(store.groupExtensions.noun, row.id);
      // The same call cancels a reserved change.
      if (row.reservedAction !== 'NONE') row.reservedAction = 'NONE';
      else row.reservedAction = withCascade === 'true' ? 'DELETE_WITH_CASCADE' : 'DELETE';
      if (row.status === 'CREATED' || row.status === 'INSTALL_ERROR') store.groupExtensions.remove(row.id);
      return {};
    },
  };
}

const installation = z.strictObject({
  databaseId: id,
  schemaName: z.string().min(1),
  withCascade: z.boolean().optional(),
});
const removal = z.strictObject({ withCascade: z.enum(['true', 'false']) });
