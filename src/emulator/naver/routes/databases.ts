import * as z from 'zod';
import { databaseName, number, refuseReservedName, refuseTwins, userName } from '../fields.js';
import { nameTaken, notFound } from '../replies.js';
import { parameters, type Routes } from '../requests.js';
import { type Naver, refuseUnlessRunning } from '../store.js';
import { setUp } from '../work.js';

/** Either all items of a list are accepted, or none. */
export function databaseRoutes(naver: Naver): Routes {
  const { store } = naver;
  return {
    getCloudPostgresqlDatabaseList: (call) => {
      const { databases } = store.instances.get(call.read(oneInstance).cloudPostgresqlInstanceNo);
      const cloudPostgresqlDatabaseList = databases.map(({ name, owner }) => ({ databaseName: name, owner }));
      return { totalRows: databases.length, cloudPostgresqlDatabaseList };
    },

    addCloudPostgresqlDatabaseList: (call) => {
      const { cloudPostgresqlInstanceNo, cloudPostgresqlDatabaseList: added } = call.read(addition);
      const instance = store.instances.get(cloudPostgresqlInstanceNo);
      refuseUnlessRunning(instance);
      refuseTwins(added.map(({ name }) => name));
      for (const { name, owner } of added) {
        refuseReservedName(name);
        if (instance.databases.some((database) => database.name === name)) throw nameTaken('database', name);
        if (!instance.users.some((user) => user.name === owner)) throw notFound('DB user', owner);
      }
      setUp(naver, call, instance, () => void instance.databases.push(...added));
      return {};
    },

    deleteCloudPostgresqlDatabaseList: (call) => {
      const { cloudPostgresqlInstanceNo, cloudPostgresqlDatabaseList: named } = call.read(deletion);
      const instance = store.instances.get(cloudPostgresqlInstanceNo);
      refuseUnlessRunning(instance);
      const names = named.map(({ name }) => name);
      refuseTwins(names);
      const missing = names.find((name) => !instance.databases.some((database) => database.name === name));
      if (missing) throw notFound('Database', missing);
      setUp(naver, call, instance, () => {
        instance.databases = instance.databases.filter(({ name }) => !names.includes(name));
      });
      return {};
    },
  };
}

const oneInstance = parameters({ cloudPostgresqlInstanceNo: number });

const listOf = <T extends z.ZodType>(row: T) =>
  parameters({ cloudPostgresqlInstanceNo: number, cloudPostgresqlDatabaseList: z.array(row).min(1).max(10) });

const addition = listOf(z.strictObject({ name: databaseName, owner: userName }));
const deletion = listOf(z.strictObject({ name: databaseName }));
