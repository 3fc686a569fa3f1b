import { mapLimit } from '../../../values/map-limit.js';
import { sanitizeWords } from '../../../values/sanitize-text.js';
import type { FleetInstance } from '../../instance.js';
import type { FoundAnywhere } from '../answer/findings.js';
import type { FleetToolContext } from '../fleet-tool.js';
import { isWholeReport } from './inspect-database.js';
import { type InsideQuestion, type InsideViews, insideViews } from './joined.js';
import { connectedAmong, mostAtOnce } from './look-inside.js';

/** What is inside all instances that have a connection. */
export interface FleetInside {
  findings: readonly FoundAnywhere[];
  /** Why something was not seen, which can have the words of a server, so it is data. */
  lines: readonly string[];
  /** How much of the fleet was seen. */
  notes: readonly string[];
}

/** Looks into every database that there is a connection to, a few at once. */
export async function fleetInside(
  instances: readonly FleetInstance[],
  question: InsideQuestion,
  context: FleetToolContext,
): Promise<FleetInside> {
  const looked = await connectedAmong(instances, context);
  const views = await mapLimit(looked, mostAtOnce, (instance) => insideViews([instance], question, context));
  const all: InsideViews = new Map(views.flatMap((view) => [...view]));
  const seen = [...all.values()].flatMap((view) => ('seen' in view ? [view] : []));
  const partial = seen.filter(({ seen: { report } }) => !isWholeReport(report));
  return {
    findings: seen.flatMap(({ instance, seen: { report, help } }) =>
      report.findings.flatMap(({ check, severity, title, meaning, faults, more }) =>
        faults.slice(0, 1).map((fault) => {
          const others = faults.length - 1 + more;
          return {
            rule: check,
            severity,
            reference: instance.reference,
            name: instance.name,
            title,
            meaning,
            count: faults.length + more,
            evidence: [...fault.evidence, ...(others > 0 ? [{ field: 'and', value: `${others} more like it` }] : [])],
            ...(fault.remedy && help.get(fault.remedy)),
          };
        }),
      ),
    ),
    lines: [...all.values()].flatMap((view) =>
      'why' in view ? [`not seen inside: ${view.instance.reference}, ${sanitizeWords(view.why, 400)}`] : [],
    ),
    notes: [
      `Inside: ${seen.length} of ${instances.length} instances were looked into.`,
      ...(partial.length > 0
        ? [`Not all could be seen in ${partial.length} of them; inspect_database says what, and what would let it.`]
        : []),
      ...(looked.length < instances.length
        ? [`${instances.length - looked.length} have no connection, so nothing is known of what is inside them.`]
        : []),
    ],
  };
}
