import { z } from 'zod';
import { sanitizeText } from '../../values/sanitize-text.js';
import { isRecord } from '../../values/values.js';
import { sayableReference } from '../find.js';
import type { FleetInstance } from '../instance.js';
import { findingLine, fleetAnswer, instanceLine, meanings } from './answer.js';
import type { FleetTool } from './fleet-tool.js';

/** The argument by which tools take an instance. */
export const instanceArgument = z.string().min(1).max(300).describe('reference such as nhn:…, or name');

/** The whole record of one instance, with its linked instances. */
export const fleetGetInstance: FleetTool = {
  name: 'fleet_get_instance',
  title: 'Get instance',
  description:
    'Tells everything that is known of one instance of any cloud: state, role, version, high availability, ' +
    'endpoints, storage, backups, and its primary, standby and replicas.',
  readOnly: true,
  destructive: false,
  idempotent: true,
  input: z.object({ instance: instanceArgument }),
  output: z.object({ instance: z.unknown(), related: z.array(z.unknown()) }).loose(),
  async run({ instance: text }, _caller, { fleet }) {
    const listed = await fleet.find(String(text));
    const [instance, related] = await Promise.all([fleet.get(listed.reference), fleet.related(listed)]);
    return fleetAnswer({
      headline: `${sayableReference(instance)}:`,
      lines: [
        instanceLine(instance),
        ...Object.entries(instance)
          .filter(([field, value]) => !isSpoken(field, instance) && value !== undefined)
          .map(([field, value]) => `  ${field}: ${sanitizeText(textOf(value), 400)}`),
        ...related.map((other) => `related: ${instanceLine(other)}`),
      ],
      data: { instance, related },
      notes: [`fleet_diagnose_instance {"instance":"${sayableReference(instance)}"} examines what is wrong with it.`],
    });
  },
};

/** The fields that `instanceLine` shows already. It also shows the provider if the account has its name. */
const spoken = new Set(['account', 'name', 'reference', 'role', 'state', 'providerState', 'engineVersion', 'id']);
const isSpoken = (field: string, { account }: FleetInstance): boolean =>
  spoken.has(field) || (field === 'provider' && account === undefined);

/** Writes a value such as `enabled true, newest 2026-11-22T02:14:00+09:00`. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join('; ');
  if (!isRecord(value)) return String(value);
  return Object.entries(value)
    .map(([field, each]) => `${field} ${textOf(each)}`)
    .join(', ');
}

/** Examines one instance: what is wrong, what shows it, and what to do. */
export const fleetDiagnoseInstance: FleetTool = {
  name: 'fleet_diagnose_instance',
  title: 'Diagnose instance',
  description:
    'Examines one instance of any cloud: state, high availability, replication, storage and its trend, load, pending ' +
    'changes, backups, access, recent events. Answers with findings, each with evidence and the next call.',
  readOnly: true,
  destructive: false,
  idempotent: true,
  input: z.object({ instance: instanceArgument }),
  output: z.object({ instance: z.unknown(), findings: z.array(z.unknown()) }).loose(),
  async run({ instance: text }, _caller, { fleet }) {
    const { instance, findings, unavailable } = await fleet.diagnose(await fleet.find(String(text)));
    const count = findings.length === 1 ? '1 finding' : `${findings.length} findings, the worst first`;
    const found = findings.length === 0 ? 'nothing found to be wrong' : count;
    return fleetAnswer({
      headline: `${sayableReference(instance)}: ${found}.`,
      lines: [
        instanceLine(instance),
        ...findings.map(findingLine),
        ...unavailable.map(({ what, why }) => `not examined: ${sanitizeText(what)} (${sanitizeText(why, 200)})`),
      ],
      data: { instance, findings, ...(unavailable.length > 0 && { unseen: unavailable }) },
      notes: meanings(findings),
    });
  },
};
