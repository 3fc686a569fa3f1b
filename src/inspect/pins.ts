import { createHash } from 'node:crypto';
import type { Clock } from '../values/clock.js';
import type { DatabaseConnection, InspectedInstance } from './database-connection.js';
import { LookError } from './look-error.js';

/** Which instance a name meant when a connection was used first. */
export interface Pins {
  /** Throws a `LookError` where the name means another instance now. */
  require(instance: InspectedInstance, connection: DatabaseConnection): Promise<void>;
}

export interface PinOptions {
  /** Texts by name that outlive the process. */
  texts: { read(name: string): Promise<string | undefined>; write(name: string, text: string): Promise<void> };
  clock: Pick<Clock, 'now' | 'timeText'>;
}

/**
 * A name can be given to another instance. What the login of the former would tell about it is not looked at, and its
 * password not sent there, until the operator says that it is meant.
 */
export const pinsIn = ({ texts, clock }: PinOptions): Pins => ({
  async require(instance, { instanceId, where }) {
    const { reference, account, name } = instance;
    const id = reference.slice(account.length + 1);
    if (instanceId !== undefined) {
      if (instanceId === id) return;
      const meant = `${where} is for ${instanceId}, but ${JSON.stringify(name)} is ${id} now`;
      throw new LookError('other instance', `${meant}. Nothing was sent to it. Change instance there if it is meant.`);
    }
    const key = createHash('sha256').update(`${account}:${name}`).digest('hex');
    const known = await texts.read(key);
    if (known === undefined) return texts.write(key, JSON.stringify({ id, since: clock.timeText(clock.now()) }));
    const pinned = JSON.parse(known) as { id: string; since: string };
    if (pinned.id === id) return;
    const meant = `${JSON.stringify(name)} was ${pinned.id} since ${pinned.since} and is ${id} now`;
    throw new LookError(
      'other instance',
      `${meant}: another instance has the name. Nothing was sent to it. If it is meant, write "instance": "${id}" ` +
        `(in a variable ?instance=${id}) into ${where}.`,
    );
  },
});
