import { RefusedError } from '../../../call/errors.js';
import { mayUse } from '../../../define/index.js';
import type { EventRange, InsideEvent } from '../../../inspect/contents/events.js';
import type { Query } from '../../../inspect/open-look.js';
import { mapLimit } from '../../../values/map-limit.js';
import { sanitizeWords } from '../../../values/sanitize-text.js';
import type { FleetEvent, FleetInstance } from '../../instance.js';
import type { FleetToolContext } from '../fleet-tool.js';
import type { InsideQuestion } from './joined.js';
import { connectedAmong, inspectScope, type LookResult, lookInside, mostAtOnce, notShown } from './look-inside.js';

/** More databases are not looked into for one timeline. */
const mostDatabases = 20;

/** What happened inside databases, and what is to be said of those where nothing was seen. */
export interface InsideTimeline {
  events: readonly FleetEvent[];
  /** Why something was not seen, which can have the words of a server, so it is data. */
  lines: readonly string[];
  notes: readonly string[];
}

/** Reads from each database that there is a connection to what it knows the time of. */
export async function insideEvents(
  instances: readonly FleetInstance[],
  { range, ...question }: InsideQuestion & { range: EventRange },
  context: FleetToolContext,
): Promise<InsideTimeline> {
  const connected = await connectedAmong(instances, context);
  if (connected.length === 0) return { events: [], lines: [], notes: [] };
  const untold = (why: string) => ({ events: [], lines: [], notes: [`What happened inside is ${why}.`] });
  if (!mayUse(question.caller, inspectScope)) return untold(notShown(`needs ${inspectScope}`));
  if (connected.length > mostDatabases) return untold('told only of an instance that is named: there are too many');
  const looked = await mapLimit(connected, mostAtOnce, (instance) => lookAt(instance, { range, ...question }, context));
  const seen = looked.filter((result) => 'seen' in result).length;
  return {
    events: looked.flatMap((result) => ('seen' in result ? result.seen.map((event) => told(event, result)) : [])),
    lines: looked.flatMap((result) =>
      'why' in result ? [`not seen inside: ${result.instance.reference}, ${sanitizeWords(result.why, 400)}`] : [],
    ),
    notes: [
      `Inside: ${seen} of ${instances.length} instances were looked into, which remember only the last of a kind.`,
    ],
  };

  function told({ time, topic, text }: InsideEvent, { instance }: LookResult<unknown>): FleetEvent {
    const { provider, account, reference, name } = instance;
    const when = context.clock.timeText(Math.floor(time / 1_000) * 1_000);
    return { time: when, provider, account, reference, name, kind: 'event', category: `inside ${topic}`, text };
  }
}

/** What somebody may not see is no fault of the timeline. */
async function lookAt(
  instance: FleetInstance,
  { range, caller, through }: InsideQuestion & { range: EventRange },
  context: FleetToolContext,
): Promise<LookResult<readonly InsideEvent[]>> {
  const work = ({ query }: { query: Query }) => read(query, range);
  try {
    const question = { tool: 'inspect_database', through, caller, what: { events: true }, work };
    const [result] = await lookInside([instance], question, context);
    return result ?? { instance, why: notShown('nothing was seen') };
  } catch (error) {
    if (error instanceof RefusedError) return { instance, why: notShown('the policy of this server') };
    throw error;
  }
}

/** What looks inside is loaded with the first such question. */
async function read(query: Query, range: EventRange) {
  const [{ readServerFacts }, { readInsideEvents }] = await Promise.all([
    import('../../../inspect/server-facts.js'),
    import('../../../inspect/contents/events.js'),
  ]);
  return readInsideEvents(query, await readServerFacts(query), range);
}
