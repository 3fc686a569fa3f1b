import * as z from 'zod';
import type { DbUser, Instance } from '../entities.js';
import {
  clientCidr,
  flag,
  number,
  password,
  refusePasswordWithName,
  refuseReservedName,
  refuseTwins,
  userName,
} from '../fields.js';
import { nameTaken, notFound, wrongState } from '../replies.js';
import { parameters, type Routes } from '../requests.js';
import { type Naver, refuseUnlessRunning } from '../store.js';
import { setUp } from '../work.js';

/** Either all items of a list are accepted, or none. */
export function dbUserRoutes(naver: Naver): Routes {
  const { store } = naver;
  return {
    getCloudPostgresqlUserList: (call) => {
      const { users } = store.instances.get(call.read(oneInstance).cloudPostgresqlInstanceNo);
      const cloudPostgresqlUserList = users.map(({ name, ...user }) => ({ userName: name, ...user }));
      return { totalRows: users.length, cloudPostgresqlUserList };
    },

    addCloudPostgresqlUserList: (call) => {
      const { cloudPostgresqlInstanceNo, cloudPostgresqlUserList: added } = call.read(addition);
      const instance = store.instances.get(cloudPostgresqlInstanceNo);
      refuseUnlessRunning(instance);
      refuseTwins(added.map(({ name }) => name));
      for (const { name, password } of added) {
        refuseReservedName(name);
        refusePasswordWithName(name, password);
        if (instance.users.some((user) => user.name === name)) throw nameTaken('DB user', name);
      }
      setUp(naver, call, instance, () => {
        for (const { name, clientCidr, isReplicationRole } of added)
          instance.users.push({ name, clientCidr, isReplicationRole });
      });
      return {};
    },

    changeCloudPostgresqlUserList: (call) => {
      const { cloudPostgresqlInstanceNo, cloudPostgresqlUserList: changes } = call.read(change);
      const instance = store.instances.get(cloudPostgresqlInstanceNo);
      refuseUnlessRunning(instance);
      refuseTwins(changes.map(({ name }) => name));
      const changed = changes.map((given) => ({ user: userOf(instance, given.name), given }));
      for (const { name, password } of changes) refusePasswordWithName(name, password);
      setUp(naver, call, instance, () => {
        for (const { user, given } of changed) {
          user.clientCidr = given.clientCidr ?? user.clientCidr;
          user.isReplicationRole = given.isReplicationRole ?? user.isReplicationRole;
        }
      });
      return {};
    },

    deleteCloudPostgresqlUserList: (call) => {
      const { cloudPostgresqlInstanceNo, cloudPostgresqlUserList: named } = call.read(deletion);
      const instance = store.instances.get(cloudPostgresqlInstanceNo);
      refuseUnlessRunning(instance);
      refuseTwins(named.map(({ name }) => name));
      const gone = named.map(({ name }) => userOf(instance, name));
      const owned = instance.databases.find(({ owner }) => gone.some(({ name }) => name === owner));
      if (owned) throw wrongState(`DB user ${owned.owner} owns database ${owned.name}: delete that first.`);
      setUp(naver, call, instance, () => {
        instance.users = instance.users.filter((user) => !gone.includes(user));
      });
      return {};
    },
  };
}

function userOf({ users }: Instance, name: string): DbUser {
  const user = users.find((each) => each.name === name);
  if (!user) throw notFound('DB user', name);
  return user;
}

const oneInstance = parameters({ cloudPostgresqlInstanceNo: number });

const listOf = <T extends z.ZodType>(row: T) =>
  parameters({ cloudPostgresqlInstanceNo: number, cloudPostgresqlUserList: z.array(row).min(1).max(10) });

const addition = listOf(z.strictObject({ name: userName, clientCidr, password, isReplicationRole: flag }));

const change = listOf(
  z
    .strictObject({
      name: userName,
      clientCidr: clientCidr.optional(),
      password: password.optional(),
      isReplicationRole: flag.optional(),
    })
    .refine((user) => Object.keys(user).length > 1, 'needs a clientCidr, a password or an isReplicationRole'),
);

const deletion = listOf(z.strictObject({ name: userName }));
