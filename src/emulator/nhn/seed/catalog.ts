import { fixedUuid } from '../../core/ids.js';
import { notFound } from '../replies.js';

/** What the provider offers to all accounts. It does not change at run time. */
export const versions = [
  { dbVersion: 'POSTGRESQL_V14_6', dbVersionName: 'PostgreSQL V14.6', canCreate: false },
  { dbVersion: 'POSTGRESQL_V14_15', dbVersionName: 'PostgreSQL V14.15', canCreate: false },
  { dbVersion: 'POSTGRESQL_V14_17', dbVersionName: 'PostgreSQL V14.17', canCreate: true },
  { dbVersion: 'POSTGRESQL_V14_19', dbVersionName: 'PostgreSQL V14.19', canCreate: true },
  { dbVersion: 'POSTGRESQL_V17_2', dbVersionName: 'PostgreSQL V17.2', canCreate: false },
  { dbVersion: 'POSTGRESQL_V17_4', dbVersionName: 'PostgreSQL V17.4', canCreate: true },
  { dbVersion: 'POSTGRESQL_V17_6', dbVersionName: 'PostgreSQL V17.6', canCreate: true },
];

export const majorOf = (dbVersion: string): string => dbVersion.replace(/_\d+$/, '');

export const flavors = [
  { name: 'm2.c1m2', vcpus: 1, ram: 2048 },
  { name: 'm2.c2m4', vcpus: 2, ram: 4096 },
  { name: 'm2.c4m8', vcpus: 4, ram: 8192 },
  { name: 'm2.c8m16', vcpus: 8, ram: 16_384 },
  { name: 'r2.c4m32', vcpus: 4, ram: 32_768 },
  { name: 'r2.c8m64', vcpus: 8, ram: 65_536 },
].map((flavor) => ({ ...flavor, id: fixedUuid(`flavor ${flavor.name}`) }));

export function flavorOf({ flavorId }: { flavorId: string }) {
  const flavor = flavors.find(({ id }) => id === flavorId);
  if (!flavor) throw notFound('DB flavor', flavorId);
  return flavor;
}

export const storageTypes = ['General SSD', 'General HDD'];

export const availabilityZones = ['kr-pub-a', 'kr-pub-b'];

/** `needs` names the extension without which the engine refuses this one. */
export const extensions: { id: string; name: string; needs?: string }[] = [
  { name: 'address_standardizer' },
  { name: 'btree_gin' },
  { name: 'btree_gist' },
  { name: 'citext' },
  { name: 'cube' },
  { name: 'earthdistance', needs: 'cube' },
  { name: 'fuzzystrmatch' },
  { name: 'hstore' },
  { name: 'ltree' },
  { name: 'pg_stat_statements' },
  { name: 'pg_trgm' },
  { name: 'pgaudit' },
  { name: 'pgcrypto' },
  { name: 'postgis' },
  { name: 'postgis_topology', needs: 'postgis' },
  { name: 'uuid-ossp' },
].map((extension) => ({ id: fixedUuid(`extension ${extension.name}`), ...extension }));

export function extensionOf(extensionId: string) {
  const extension = extensions.find(({ id }) => id === extensionId);
  if (!extension) throw notFound('Extension', extensionId);
  return extension;
}
