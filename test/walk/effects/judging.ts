import { type Connection, type ConnectOptions, connect } from '../../support/connect.js';
import { type Fleet, type FleetOptions, startFleet } from '../../support/fleet.js';
import { headOf, risksOf } from './plans.js';

/** The head of a plan, with long lines folded. */
export const head = (message = ''): string =>
  headOf(message)
    .split('\n')
    .flatMap((line) => line.match(/.{1,100}(?: |$)/g) ?? [])
    .map((line) => line.trim())
    .join('\n');

export interface Judging extends Connection {
  fleet: Fleet;
  /**
   * What becomes of a call when the person at the client declines: the risks that are asked about, the worst first, or
   * how a call ends about which nobody is asked: `sent`, `unchanged`, `impossible`.
   */
  endOf: (tool: string, args: Record<string, unknown>) => Promise<string>;
}

/** A client on a fleet of its own, whose person declines unless told otherwise. */
export async function startJudging(
  options: Omit<ConnectOptions, 'fleet'> = {},
  fleetOptions: FleetOptions = {},
): Promise<Judging> {
  const fleet = await startFleet(fleetOptions);
  const connection = await connect({ answer: 'decline', ...options, fleet });
  const { call, asked } = connection;
  const endOf: Judging['endOf'] = async (tool, args) => {
    const [before, sent] = [asked.length, fleet.changes().length];
    const { data, text } = await call(tool, args);
    const [question] = asked.slice(before);
    if (question) return risksOf(question.message);
    if (fleet.changes().length > sent) return 'sent';
    return typeof data['status'] === 'string' ? data['status'] : text;
  };
  return { ...connection, fleet, endOf };
}
