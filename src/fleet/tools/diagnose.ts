import * as z from 'zod';
import { sanitizeWords } from '../../values/sanitize-text.js';
import { type Finding, severities } from '../finding.js';
import type { Diagnosis, Examination, Fleet } from '../fleet.js';
import type { FleetInstance } from '../instance.js';
import {
  deniedAt,
  deniedField,
  deniedNote,
  findingLine,
  fleetAnswer,
  instanceLine,
  instanceWords,
  meanings,
} from './answer.js';
import type { FleetTool } from './fleet-tool.js';
import {
  alikeLines,
  alikeNote,
  groupOf,
  instanceArgument,
  longestMilliseconds,
  missedFields,
  oneOrMore,
  whichOf,
} from './instance.js';

/** Examines an instance and the rest of its group: what is wrong, what shows it, and what to do. */
export const fleetDiagnoseInstance: FleetTool = {
  name: 'fleet_diagnose_instance',
  title: 'Diagnose instance',
  description:
    'Examines one instance of any cloud with its primary, standby and replicas: state, high availability, ' +
    'replication, storage and its trend, load, pending changes, backups, access, recent events. Answers with ' +
    'findings, each with evidence and the next call.',
  readOnly: true,
  destructive: false,
  idempotent: true,
  input: z.object({ instance: instanceArgument }),
  output: z.object({ instance: z.unknown().optional(), findings: z.array(z.unknown()) }).loose(),
  async run({ instance: text }, _caller, { clock, fleet }) {
    const until = clock.now() + longestMilliseconds;
    const { instances: asked, alike, denied: hidden = [] } = await fleet.find(String(text));
    const group = await groupOf(asked, fleet);
    const denied = deniedAt([...hidden, ...(await fleet.deniedAround(asked))]);
    const [own, around] = await Promise.all([examined(asked, fleet, until), fleet.examine(group, until)]);
    const instances = own.diagnoses.map(({ instance }) => instance);
    const missed = [...own.missed, ...around.missed];
    const findings = worstFirst([...own.diagnoses, ...around.diagnoses]);
    const unseen = [...own.diagnoses, ...around.diagnoses].flatMap(unseenOf);
    return fleetAnswer({
      headline: `${whichOf(asked, String(text))}: ${countsOf(own, around)}.`,
      lines: [
        ...instances.map(instanceLine),
        ...group.map((other) => `related: ${instanceLine(other)}`),
        ...findings.map(findingLine),
        ...missed.map(({ instance, why }) => `not examined: ${instanceLine(instance)} (${sanitizeWords(why, 200)})`),
        ...unseen.map(
          ({ reference, what, why }) =>
            `not examined: ${sanitizeWords(what)} of ${sanitizeWords(reference)} (${sanitizeWords(why, 200)})`,
        ),
        ...alikeLines(alike),
      ],
      data: {
        ...oneOrMore(instances, asked),
        findings,
        ...(group.length > 0 && { related: group }),
        ...(unseen.length > 0 && { unseen }),
        ...missedFields(missed),
        ...deniedField(denied),
      },
      notes: [
        deniedNote(denied, instanceWords),
        alikeNote(alike),
        missed.length > 0 ? `${missed.length} instances could not be examined.` : undefined,
        ...meanings(findings),
      ],
    });
  },
};

/** That the only instance cannot be examined is an error, as it is of any call. Of several, the others are answered. */
async function examined(asked: readonly FleetInstance[], fleet: Fleet, until: number): Promise<Examination> {
  const [only, ...others] = asked;
  if (only && others.length === 0) return { diagnoses: [await fleet.diagnose(only)], missed: [] };
  return fleet.examine(asked, until);
}

/** Writes counts such as `2 findings, the worst first; 1 finding in the rest of the group`. */
function countsOf(own: Examination, around: Examination): string {
  const count = findingsOf(own.diagnoses).length;
  const others = findingsOf(around.diagnoses).length;
  const isWhole = own.missed.length === 0 && own.diagnoses.every(({ unavailable }) => unavailable.length === 0);
  const nothing = `nothing found to be wrong${isWhole ? '' : ' in what could be read'}`;
  const found = count === 0 ? nothing : `${counted(count)}${count > 1 ? ', the worst first' : ''}`;
  return others === 0 ? found : `${found}; ${counted(others)} in the rest of the group`;
}

const counted = (count: number): string => (count === 1 ? '1 finding' : `${count} findings`);

const findingsOf = (diagnoses: readonly Diagnosis[]): Finding[] => diagnoses.flatMap(({ findings }) => findings);

const worstFirst = (diagnoses: readonly Diagnosis[]): Finding[] =>
  findingsOf(diagnoses).toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));

const unseenOf = ({ instance, unavailable }: Diagnosis) =>
  unavailable.map(({ what, why }) => ({ reference: instance.reference, what, why }));
