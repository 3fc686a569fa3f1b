import type { Contents, Row } from './entities.js';
import { newRow } from './provisioning.js';
import type { Nhn, Store } from './store.js';

/** What is in a group now, without what is still being created. */
export function contentsOf(store: Store, groupId: string): Contents {
  const own = <R extends { groupId: string; status: string }>(rows: R[]): R[] =>
    structuredClone(rows.filter((row) => row.groupId === groupId));
  const settled = <R extends { groupId: string; status: string }>(rows: R[]) =>
    own(rows)
      .filter(({ status }) => status !== 'CREATING')
      .map((row) => ({ ...row, status: 'STABLE' as const }));
  return {
    databases: settled(store.databases.all()),
    dbUsers: settled(store.dbUsers.all()),
    hbaRules: own(store.hbaRules.all()),
    groupExtensions: own(store.groupExtensions.all()),
  };
}

/** Keeps what is in a group for those who restore it later. */
export function keepContents({ world, store }: Nhn, groupId: string, at = world.now()): void {
  store.pastContents.push({ groupId, at, contents: contentsOf(store, groupId) });
}

/** What was in a group at a time, or at first when the time is before that. */
export function contentsAt(store: Store, groupId: string, time: number): Contents {
  const past = store.pastContents.filter((entry) => entry.groupId === groupId);
  return (past.findLast(({ at }) => at <= time) ?? past[0])?.contents ?? contentsOf(store, groupId);
}

/** Adds contents of another group under ids of their own: the two groups change apart from each other. */
export function addContents(nhn: Nhn, contents: Contents, groupId: string): void {
  const { store } = nhn;
  const ids = new Map<string, string>();
  const renewed = <R extends Row & { groupId: string }>(row: R): R => {
    const fresh = newRow(nhn);
    ids.set(row.id, fresh.id);
    return { ...structuredClone(row), ...fresh, groupId };
  };
  const follow = (old: string) => ids.get(old) ?? old;

  for (const row of contents.dbUsers) store.dbUsers.add(renewed(row));
  for (const row of contents.databases)
    store.databases.add({ ...renewed(row), ownerId: row.ownerId && follow(row.ownerId) });
  for (const row of contents.hbaRules) {
    const { databaseIds, dbUserIds } = row;
    store.hbaRules.add({ ...renewed(row), databaseIds: databaseIds.map(follow), dbUserIds: dbUserIds.map(follow) });
  }
  for (const row of contents.groupExtensions)
    store.groupExtensions.add({ ...renewed(row), databaseId: follow(row.databaseId) });
}
