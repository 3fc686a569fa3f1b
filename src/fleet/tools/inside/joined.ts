import type { Caller } from '../../../call/caller.js';
import { RefusedError } from '../../../call/errors.js';
import { mayUse } from '../../../define/index.js';
import { sanitizeWords } from '../../../values/sanitize-text.js';
import { type Values } from '../../../values/values.js';
import type { Diagnosis } from '../../fleet.js';
import type { FleetInstance } from '../../instance.js';
import { type Cause, causesOf } from '../../rules/joins.js';
import type { FleetToolContext } from '../fleet-tool.js';
import { type Inspected, inspectInside, tellInspected } from './inspect-database.js';
import { inspectScope, type LookResult, notShown, unconnected } from './look-inside.js';

export interface InsideQuestion {
  caller: Caller;
  /** The tool that shows it. What is decided on is `inspect_database`. */
  through: string;
}

/** What was seen inside instances, by their references; or why nothing was. */
export type InsideViews = ReadonlyMap<string, LookResult<Inspected>>;

/**
 * Looks inside each instance that has a connection, where this caller may. It never throws for what somebody may not
 * see or cannot reach.
 */
export async function insideViews(
  instances: readonly FleetInstance[],
  { caller, through }: InsideQuestion,
  context: FleetToolContext,
): Promise<InsideViews> {
  if (!mayUse(caller, inspectScope))
    return new Map(
      instances.map((each) => [each.reference, { instance: each, why: notShown(`needs ${inspectScope}`) }]),
    );
  const question = { tool: 'inspect_database', through, caller, what: { checks: 'all' } };
  const views = await Promise.all(
    instances.map(async (instance): Promise<LookResult<Inspected> | undefined> => {
      if (!context.databases.isConfigured) return { instance, why: unconnected(instance) };
      const shown = await inspectInside([instance], question, context).catch((error: unknown) => {
        if (error instanceof RefusedError) return [{ instance, why: notShown('the policy of this server') }];
        throw error;
      });
      return shown[0];
    }),
  );
  return new Map(views.flatMap((view) => (view ? [[view.instance.reference, view]] : [])));
}

/** What is inside, joined with what the cloud knows: causes first, then what was found inside. */
export interface ToldJoined {
  causes: readonly string[];
  lines: readonly string[];
  fields: Values;
  /** How many findings there are inside, as the end of a sentence. */
  counted: string;
  notes: readonly string[];
}

const worth = 'A look inside PostgreSQL would add sessions, locks, replication, vacuum and what fills the disk';

export function tellJoined(
  views: InsideViews,
  diagnoses: readonly Diagnosis[],
  { timeText }: Pick<FleetToolContext['clock'], 'timeText'>,
): ToldJoined {
  const told = [...views.values()].map((view) => {
    const { instance } = view;
    if ('why' in view) {
      const field = { instance: instance.reference, notSeen: view.why, ...(view.fault && { fault: view.fault }) };
      // A fault can have the words of a server, so it is told as data.
      const lines = view.fault === undefined ? [] : [`inside: not seen, ${sanitizeWords(view.why, 400)}`];
      return { causes: [], lines, field, found: 0, view };
    }
    const causes = causesIn(
      view.seen,
      diagnoses.find((each) => each.instance.reference === instance.reference),
    );
    const { headline, lines, fields } = tellInspected(view.seen);
    const own = causes.map(({ severity, text }) => `${severity}: ${sanitizeWords(text, 600)}`);
    const field = {
      instance: instance.reference,
      ...(causes.length > 0 && { causes: causes.map(({ join, severity, text }) => ({ join, severity, text })) }),
      ...fields,
    };
    const found = view.seen.report.findings.length;
    return { causes: own, lines: [`inside: ${headline}`, ...lines], field, found, view };
  });

  function causesIn({ facts, report }: Inspected, diagnosis: Diagnosis | undefined): Cause[] {
    const { findings = [], events = [], storageUsedPercent } = diagnosis ?? {};
    return causesOf({ inside: report, startedAt: facts.startedAt, findings, events, storageUsedPercent, timeText });
  }

  const found = told.reduce((sum, each) => sum + each.found, 0);
  return {
    causes: told.flatMap(({ causes }) => causes),
    lines: told.flatMap(({ lines }) => lines),
    fields: { inside: told.map(({ field }) => field) },
    counted: found === 0 ? '' : `; ${found === 1 ? '1 finding' : `${found} findings`} inside`,
    notes: [...new Set(told.flatMap(({ view }) => notesOn(view)))],
  };
}

function notesOn(view: LookResult<Inspected>): readonly string[] {
  if ('seen' in view) return view.notes;
  return view.fault === undefined ? [`${worth}: ${view.why}.`] : [];
}
