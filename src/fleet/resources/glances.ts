import { RefusedError } from '../../call/errors.js';
import type { Severity } from '../../define/finding.js';
import { mayUse, type Principal } from '../../define/index.js';
import type { InspectTopic, LookReport } from '../../inspect/check.js';
import { mapLimit } from '../../values/map-limit.js';
import { type Values } from '../../values/values.js';
import type { FleetInstance } from '../instance.js';
import type { LookQuestion, LookTools } from '../tools/inside/look-inside.js';

/** One kind of what is wrong inside, and how often. It has no login, no statement and no name of an object. */
export interface KindInside {
  /** The id of the check. */
  finding: string;
  topic: InspectTopic;
  severity: Severity;
  title: string;
  count: number;
}

/** What is told of the inside of an instance where no names are told, or why nothing is. */
export type Glance = GlanceSeen | { notSeen: string };

interface GlanceSeen {
  seen: 'whole' | 'partly';
  /** When it was looked at, as epoch milliseconds. */
  at: number;
  findings: readonly KindInside[];
}

export interface GlanceQuestion {
  reader: Principal;
  /** The tool that shows the same. */
  through: string;
  /** Until when to begin another look, as epoch milliseconds. */
  until: number;
}

/** What stands inside instances, in kinds and counts: for what is read or told without a question about the inside. */
export interface Glances {
  /** Of those that have a connection. It never throws for what somebody may not see or cannot reach. */
  at(instances: readonly FleetInstance[], question: GlanceQuestion): Promise<ReadonlyMap<string, Glance>>;
  /** Whether somebody may hear that something has changed inside one of these. */
  mayHear(instances: readonly FleetInstance[], question: Omit<GlanceQuestion, 'until'>): Promise<boolean>;
}

/** As whom pgfleet looks where nobody asked: for subscribers and for hooks. Rules can name it. */
export const watcher: Principal = { id: 'pgfleet', name: 'pgfleet', groups: [] };

/** What was seen, and what could not be reached, is told for a minute, as everything that the fleet shows. */
const freshMilliseconds = 60_000;

const tool = 'inspect_database';
const nobodyToAsk = { client: 'pgfleet', canBeAsked: false, canOpenPages: false, answer: {} };

export function glancesInto(context: LookTools): Glances {
  const { databases, clock } = context;
  /** One look serves all who ask meanwhile. */
  const kept = new Map<string, { at: number; glance: Promise<Glance> }>();

  async function lookAt(instance: FleetInstance, question: Pick<LookQuestion<unknown>, 'tool' | 'through' | 'caller'>) {
    const { lookInside } = await insideTools();
    const { checksIn } = await import('../tools/inside/inspect-database.js');
    const asked = { ...question, what: { checks: 'all' }, work: checksIn(context) };
    const [result] = await lookInside([instance], asked, context);
    return result && 'seen' in result ? seenIn(result.seen.report, clock.now()) : unseen(result);
  }

  async function glanceAt(instance: FleetInstance, { reader, through, until }: GlanceQuestion): Promise<Glance> {
    const { notShown, withheldFrom, inspectScope } = await insideTools();
    const caller = { ...reader, ...nobodyToAsk };
    if (!mayUse(reader, inspectScope)) return { notSeen: notShown(`needs ${inspectScope}`) };
    try {
      const withheld = await withheldFrom(instance, { tool, through, caller }, context);
      if (withheld !== undefined) return { notSeen: withheld };
      const known = kept.get(instance.reference);
      if (known && clock.now() - known.at < freshMilliseconds) return await known.glance;
      if (clock.now() >= until) return { notSeen: 'time over' };
      const glance = lookAt(instance, { tool, through, caller });
      kept.set(instance.reference, { at: clock.now(), glance });
      // A look that came to nothing is made anew.
      glance.catch(() => kept.delete(instance.reference));
      return await glance;
    } catch (error) {
      if (error instanceof RefusedError) return { notSeen: notShown('the policy of this server') };
      throw error;
    }
  }

  return {
    async at(instances, question) {
      if (!databases.isConfigured) return new Map();
      const { connectedAmong, mostAtOnce } = await insideTools();
      const connected = await connectedAmong(instances, context);
      return new Map(
        await mapLimit(
          connected,
          mostAtOnce,
          async (instance) => [instance.reference, await glanceAt(instance, question)] as const,
        ),
      );
    },
    async mayHear(instances, { reader, through }) {
      const { withheldFrom } = await insideTools();
      const caller = { ...reader, ...nobodyToAsk };
      for (const instance of instances) {
        try {
          if ((await withheldFrom(instance, { tool, through, caller }, context)) === undefined) return true;
        } catch (error) {
          if (!(error instanceof RefusedError)) throw error;
        }
      }
      return false;
    },
  };
}

/** What looks inside is loaded with the first such question. */
const insideTools = () => import('../tools/inside/look-inside.js');

function seenIn(report: LookReport, at: number): GlanceSeen {
  const { findings, notSeen, cut } = report;
  return {
    seen: notSeen.length > 0 || cut ? 'partly' : 'whole',
    at,
    findings: findings.map(({ check, topic, severity, title, faults, more }) => ({
      finding: check,
      topic,
      severity,
      title,
      count: faults.length + more,
    })),
  };
}

/** The words of a fault can have a login or the words of a server, so only its kind is told. */
const unseen = (result: { why: string; fault?: string } | { seen: unknown } | undefined): Glance => ({
  notSeen: result && 'why' in result ? (result.fault ?? result.why) : 'unreachable',
});

/** A glance as a part of an answer. */
export function glanceFields(glance: Glance | undefined, now: number): Values {
  if (!glance || 'notSeen' in glance) return { ...glance };
  const { seen, at, findings } = glance;
  return { seen, ageSeconds: Math.max(0, Math.round((now - at) / 1_000)), findings };
}
