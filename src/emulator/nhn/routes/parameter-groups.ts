import * as z from 'zod';
import { nothing } from '../../core/requests.js';
import type { ParameterGroup } from '../entities.js';
import { name } from '../fields.js';
import { newRow } from '../provisioning.js';
import { inUse, invalidArgument } from '../replies.js';
import type { Call, Routes } from '../requests.js';
import { versions } from '../seed/catalog.js';
import { checkedValue, describeParameters, differing } from '../seed/parameters.js';
import { type Nhn, needsParameters, refuseTakenName } from '../store.js';
import { parameterGroupView } from '../views/groups.js';

/** Values change at once in the group. In an instance they change when they are applied to it. */
export function parameterGroupRoutes(nhn: Nhn): Routes {
  const { world, store } = nhn;
  const noun = store.parameterGroups.noun;
  const groupOf = (call: Call) => store.parameterGroups.get(call.path('parameterGroupId'));
  const usersOf = ({ id }: ParameterGroup) => store.instances.all().filter((row) => row.parameterGroupId === id);
  const isWaiting = (group: ParameterGroup) => usersOf(group).some((user) => needsParameters(store, user));
  const view = (group: ParameterGroup) => parameterGroupView(group, isWaiting(group));
  const create = (group: Pick<ParameterGroup, 'name' | 'description' | 'dbVersion' | 'values'>) => {
    refuseTakenName(noun, store.parameterGroups.all(), group.name);
    const row = newRow(nhn);
    // No instance uses a new group yet, so nothing can wait for it.
    store.parameterGroups.add({ ...row, ...group, changedAt: {} });
    return { parameterGroupId: row.id };
  };
  const changeValues = (group: ParameterGroup, values: Record<string, string>) => {
    for (const parameter of differing(group.values, values)) group.changedAt[parameter] = world.now();
    group.values = values;
    group.updatedAt = world.now();
    return {};
  };
  return {
    'GET /v1.0/parameter-groups': (call) => {
      const { dbVersion } = call.query(listing);
      const groups = store.parameterGroups.all().filter((group) => !dbVersion || group.dbVersion === dbVersion);
      return { parameterGroups: groups.map(view) };
    },

    'GET /v1.0/parameter-groups/:parameterGroupId': (call) => {
      const group = groupOf(call);
      return { ...view(group), parameters: describeParameters(group.dbVersion, group.values) };
    },

    'POST /v1.0/parameter-groups': (call) => {
      const { parameterGroupName, description, dbVersion } = call.body(creation);
      if (!versions.some((version) => version.dbVersion === dbVersion))
        throw invalidArgument(`dbVersion: there is no ${dbVersion}.`);
      return create({ name: parameterGroupName, description: description ?? null, dbVersion, values: {} });
    },

    'POST /v1.0/parameter-groups/:parameterGroupId/copy': (call) => {
      const { dbVersion, values } = groupOf(call);
      const { parameterGroupName, description } = call.body(copy);
      return create({ name: parameterGroupName, description: description ?? null, dbVersion, values: { ...values } });
    },

    'PUT /v1.0/parameter-groups/:parameterGroupId': (call) => {
      const group = groupOf(call);
      const { parameterGroupName, description } = call.body(modification);
      if (parameterGroupName) refuseTakenName(noun, store.parameterGroups.all(), parameterGroupName, group.id);
      group.name = parameterGroupName ?? group.name;
      if (description !== undefined) group.description = description;
      group.updatedAt = world.now();
      return {};
    },

    'PUT /v1.0/parameter-groups/:parameterGroupId/parameters': (call) => {
      const group = groupOf(call);
      const { modifiedParameters } = call.body(values);
      const changed = modifiedParameters.map(({ parameterName, value }) => [
        parameterName,
        checkedValue(group.dbVersion, parameterName, value),
      ]);
      return changeValues(group, { ...group.values, ...Object.fromEntries(changed) });
    },

    'PUT /v1.0/parameter-groups/:parameterGroupId/reset': (call) => {
      call.body(nothing);
      return changeValues(groupOf(call), {});
    },

    'DELETE /v1.0/parameter-groups/:parameterGroupId': (call) => {
      const group = groupOf(call);
      const users = usersOf(group).map(({ name }) => name);
      if (users.length > 0) throw inUse(noun, group.name, users);
      store.parameterGroups.remove(group.id);
      return {};
    },
  };
}

const description = z.string().nullish();
const listing = z.strictObject({ dbVersion: z.string().optional() });
const creation = z.strictObject({ parameterGroupName: name, description, dbVersion: z.string() });
const copy = z.strictObject({ parameterGroupName: name, description });
const modification = z.strictObject({ parameterGroupName: name.optional(), description });
const values = z.strictObject({
  modifiedParameters: z.array(z.strictObject({ parameterName: z.string(), value: z.string() })).min(1),
});
