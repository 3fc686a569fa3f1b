import type { Clock } from '../values/clock.js';
import { type DatabaseConnection, type InspectedInstance, variableName } from './database-connection.js';
import { LookError } from './look-error.js';
import type { lookPlaces } from './look-places.js';
import type { DatabaseLook } from './open-look.js';
import type { Pins } from './pins.js';

export interface LookTime {
  /** Until when it has to be over, as epoch milliseconds. */
  until: number;
  signal?: AbortSignal;
}

/** The way into the databases that the operator gave connections for. */
export interface Databases {
  /** Whether there is any connection, or one can be made. Without one, nothing of this is offered. */
  isConfigured: boolean;
  /** Whether texts of statements are shown, without their constants. */
  showsStatements: boolean;
  /**
   * The connection of an instance among all of its account. Undefined where it has none. Throws a `LookError` where it
   * cannot be told.
   */
  connectionOf(instance: InspectedInstance, all: readonly InspectedInstance[]): Promise<DatabaseConnection | undefined>;
  /** Opens a connection, does the work, and closes it. Throws a `LookError`, or what the work throws. */
  look<T>(
    instance: InspectedInstance,
    connection: DatabaseConnection,
    time: LookTime,
    work: (look: DatabaseLook) => Promise<T>,
  ): Promise<T>;
}

export interface DatabasesOptions {
  connections: readonly DatabaseConnection[];
  showsStatements: boolean;
  /** The connection by a login that pgfleet made, with what is written down beside it. Absent where it makes none. */
  made?: (instance: InspectedInstance, written?: DatabaseConnection) => Promise<DatabaseConnection | undefined>;
  pins: Pins;
  /** Gives each look its place among those at the same instance. */
  takePlace: ReturnType<typeof lookPlaces>;
  /** The patterns of policies, loaded with the first name that is looked for. */
  fitsPattern: () => Promise<(pattern: string, name: string) => boolean>;
  clock: Pick<Clock, 'now'>;
}

const usualPort = 5432;

export function openDatabases({
  connections,
  showsStatements,
  made,
  pins,
  takePlace,
  fitsPattern,
  clock,
}: DatabasesOptions): Databases {
  async function writtenFor(instance: InspectedInstance, all: readonly InspectedInstance[]) {
    const own = connections.filter(({ account }) => account === instance.account);
    if (own.length === 0) return undefined;
    const exact = own.find(({ kind, instance: name }) => kind === 'file' && name === instance.name);
    if (exact) return exact;
    const written = own.find(({ kind, instance: name }) => kind === 'variable' && name === variableName(instance.name));
    if (written) {
      requireOne(written, all);
      return written;
    }
    const fits = await fitsPattern();
    return own.find(({ kind, instance: pattern }) => kind === 'file' && fits(pattern, instance.name));
  }

  return {
    isConfigured: connections.length > 0 || made !== undefined,
    showsStatements,
    async connectionOf(instance, all) {
      const written = await writtenFor(instance, all);
      return (await made?.(instance, written)) ?? written;
    },
    async look(instance, connection, { until, signal }, work) {
      await pins.require(instance, connection);
      const { openLook } = await import('./open-look.js');
      const release = await takePlace({ reference: instance.reference, until, signal });
      try {
        const look = await firstOpened(targetsOf(instance, connection), (target) =>
          openLook({ ...connection, ...target }, { until, clock, signal }),
        );
        try {
          return await work(look);
        } finally {
          look.close();
        }
      } finally {
        await release();
      }
    },
  };
}

/** Capitals and underscores stand for more than one name. */
function requireOne({ account, instance, where }: DatabaseConnection, all: readonly InspectedInstance[]): void {
  const fitting = all.filter((each) => each.account === account && variableName(each.name) === instance);
  if (fitting.length < 2) return;
  const names = fitting.map(({ name, reference }) => `${JSON.stringify(name)} (${reference})`).join(' and ');
  throw new LookError('ambiguous', `${where} fits ${names}. Write the connection in the configuration file instead.`);
}

/** The address that is written down, or else those that the provider tells. */
function targetsOf({ name, endpoints = [] }: InspectedInstance, { host, port, where }: DatabaseConnection) {
  const [first] = endpoints;
  if (host !== undefined) return [{ host, port: port ?? first?.port ?? usualPort }];
  const told = endpoints.map((endpoint) => ({ host: endpoint.address, port: port ?? endpoint.port ?? usualPort }));
  if (told.length > 0) return told;
  const what = `The provider tells no endpoint of ${JSON.stringify(name)}.`;
  throw new LookError('unreachable', `${what} Write host and port into ${where}.`);
}

/** An address that leads nowhere from here may have a neighbour that does. Any other fault is told at once. */
async function firstOpened<Target>(
  targets: readonly Target[],
  open: (target: Target) => Promise<DatabaseLook>,
): Promise<DatabaseLook> {
  const faults: LookError[] = [];
  for (const target of targets) {
    try {
      return await open(target);
    } catch (error) {
      if (!(error instanceof LookError) || error.fault !== 'unreachable') throw error;
      faults.push(error);
    }
  }
  throw new LookError('unreachable', faults.map(({ message }) => message).join(' '));
}
