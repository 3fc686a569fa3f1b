import type { BackedAccount, WantedServer } from '../core/backing.js';
import { type Contents, nothing, statementsFor } from './contents.js';
import { type PostgresServer, type ServerOptions, startServer } from './server.js';
import { runEach } from './sessions.js';

/** A server that runs or did, and what it was last made to be. */
export interface Mirrored {
  server: PostgresServer;
  wanted: WantedServer;
}

/** Real servers, which are made to be what an account tells of its instances. */
export interface Mirror {
  /** Resolves once the servers are as the account has them at this moment. */
  follow: () => Promise<void>;
  primaryWith: (database: string) => PostgresServer | undefined;
  serverOf: (name: string) => PostgresServer | undefined;
}

export interface MirrorOptions extends Pick<ServerOptions, 'programs' | 'folder' | 'password'> {
  log: (line: string) => void;
}

export function mirrorOf(account: BackedAccount, { log, ...options }: MirrorOptions): Mirror {
  const mirrored = new Map<string, Mirrored>();
  const contents = new Map<string, Contents>();
  const isPrimary = (id: string) => mirrored.get(id)?.wanted.isPrimary === true;
  const upstreamOf = ({ groupId }: WantedServer) =>
    [...mirrored.values()].find(({ wanted }) => wanted.groupId === groupId && wanted.isPrimary && wanted.isUp);

  /** Those that have to be down, and primaries that are none any more: there must never be two of them. */
  async function bringDown(wanted: readonly WantedServer[]) {
    for (const [id, { server, wanted: before }] of mirrored) {
      const now = wanted.find((each) => each.id === id);
      const isDemoted = before.isPrimary && now?.isPrimary === false;
      if (before.isUp && (!now?.isUp || isDemoted)) await server.stop();
      if (!now || isDemoted) mirrored.delete(id);
      else if (!now.isUp) mirrored.set(id, { server, wanted: { ...before, isUp: false, downs: now.downs } });
    }
  }

  async function bringUp(now: WantedServer) {
    const present = mirrored.get(now.id);
    const upstream = now.isPrimary ? undefined : upstreamOf(now)?.server;
    if (!now.isUp || (!present && !now.isPrimary && !upstream)) return;
    const { server, wanted: before } = present ?? { server: await create(now, upstream), wanted: now };
    const settings = settingsOf(now, before);
    if (isDifferent(settings, before.settings)) await server.set(settings);
    if (!before.isUp) await server.start();
    else if (now.downs > before.downs) await server.restart();
    if (now.isPrimary && !before.isPrimary) await server.promote();
    // A standby that leaves its group takes along what was in it.
    if (present && !contents.has(now.groupId)) contents.set(now.groupId, now);
    mirrored.set(now.id, { server, wanted: { ...now, settings } });
  }

  async function create(now: WantedServer, upstream: PostgresServer | undefined): Promise<PostgresServer> {
    const { name, settings, id } = now;
    const port = ports.get(id);
    const server = upstream
      ? await upstream.standby(name, { settings, port })
      : await startServer({ ...options, name, settings, port });
    ports.set(id, server.port);
    account.place(id, { host: '127.0.0.1', port: server.port });
    return server;
  }
  const ports = new Map<string, number>();

  /** Standbys of a group stream from whoever is its primary now. */
  async function followPrimaries() {
    for (const { server, wanted } of mirrored.values()) {
      const upstream = wanted.isPrimary ? undefined : upstreamOf(wanted);
      if (!upstream || followed.get(wanted.id) === upstream.wanted.id) continue;
      if (followed.has(wanted.id)) await server.follow(upstream.server);
      followed.set(wanted.id, upstream.wanted.id);
    }
  }
  const followed = new Map<string, string>();

  async function fill({ server, wanted }: Mirrored) {
    if (!wanted.isUp) return;
    const before = contents.get(wanted.groupId) ?? nothing;
    contents.set(wanted.groupId, wanted);
    const statements = statementsFor(before, wanted, options.password);
    await runEach(server, statements, (error) => complain(wanted, error));
  }

  const complain = ({ name }: WantedServer, error: unknown) =>
    log(`The PostgreSQL behind ${name} did not follow: ${error instanceof Error ? error.message : String(error)}`);

  async function followNow() {
    const wanted = account.wanted();
    await bringDown(wanted);
    const primaries = wanted.filter((each) => each.isPrimary);
    const standbys = wanted.filter((each) => !each.isPrimary);
    await Promise.all(primaries.map((each) => bringUp(each).catch((error: unknown) => complain(each, error))));
    for (const each of standbys) await bringUp(each).catch((error: unknown) => complain(each, error));
    await followPrimaries();
    await Promise.all(primaries.flatMap(({ id }) => mirrored.get(id) ?? []).map(fill));
  }

  let turn = Promise.resolve();
  return {
    follow: () => (turn = turn.then(followNow)),
    primaryWith: (database) =>
      [...mirrored.values()].find(({ wanted }) => isPrimary(wanted.id) && wanted.databases.some(hasName(database)))
        ?.server,
    serverOf: (name) => [...mirrored.values()].find(({ wanted }) => wanted.name === name)?.server,
  };
}

const hasName =
  (name: string) =>
  (row: { name: string }): boolean =>
    row.name === name;

/** What waits to be applied stays as it is. */
const settingsOf = (now: WantedServer, before: WantedServer): Record<string, string> =>
  Object.fromEntries(
    Object.entries(now.settings).map(([name, value]) => [
      name,
      now.waiting.includes(name) ? (before.settings[name] ?? value) : value,
    ]),
  );

const isDifferent = (settings: Readonly<Record<string, string>>, before: Readonly<Record<string, string>>): boolean =>
  Object.entries(settings).some(([name, value]) => before[name] !== value);
