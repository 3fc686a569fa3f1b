import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import envPaths from 'env-paths';
import { auditLog } from '../audit/log.js';
import type { Caller } from '../call/caller.js';
import { dispatch } from '../call/dispatch.js';
import type { Doors } from '../call/doors.js';
import type { Connection } from '../call/exchange.js';
import { consents, usedInMemory } from '../call/guard/consent.js';
import { loadToolset } from '../catalog.js';
import type { Config } from '../config.js';
import { connectProvider } from '../providers/index.js';
import type { Send } from '../wire/http.js';
import { retrying } from '../wire/retrying.js';

export interface Parts {
  config: Config;
  /** The way out: the network, or the sandbox. */
  send: Send;
  log: (line: string) => void;
}

/** Puts the corridor together. Loaded with the first call, so that a server that is only listed starts faster. */
export function composeCall({ config, send, log }: Parts) {
  const now = () => Date.now();
  const connections = new Map<string, Promise<Connection>>();
  const folders = stateFolders();
  const doors: Doors = {
    toolset: async (provider) => (config.providers.has(provider) ? loadToolset(provider) : undefined),
    connection: (provider) => {
      const connection = connections.get(provider) ?? connect(provider);
      connections.set(provider, connection);
      return connection;
    },
    providers: [...config.providers.keys()],
    readOnly: config.readOnly ?? false,
    mode: config.confirm ?? 'auto',
    consents: consents({ key: randomBytes(32), used: usedInMemory(now), now }),
    audit: auditLog(config.auditLog ?? folders.auditLog, now),
    secrets: { environment: config.secretEnvironment, folder: config.secretsDir ?? folders.secrets },
    language: config.lang ?? 'en',
    now,
    newId: randomUUID,
    log,
  };

  async function connect(name: string): Promise<Connection> {
    const patient = retrying(send);
    const provider = await connectProvider(name, config.providers.get(name) ?? {}, { send: patient, now });
    return { provider, send: patient, otherPaths: new Map() };
  }

  return (name: string, args: unknown, caller: Caller) => dispatch(name, args, caller, doors);
}

/** Where records and generated secrets go when nobody says otherwise: the user's state folder. */
export function stateFolders(): { auditLog: string; secrets: string } {
  const { log: folder } = envPaths('pgfleet', { suffix: '' });
  return { auditLog: join(folder, 'audit.jsonl'), secrets: join(folder, 'secrets') };
}
