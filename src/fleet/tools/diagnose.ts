import * as z from 'zod';
import { shownOnBoard } from '../../define/presentation.js';
import type { Finding } from '../finding.js';
import type { Diagnosis, Examination, Fleet } from '../fleet.js';
import type { FleetInstance } from '../instance.js';
import { accountsHolding, accountsOfText, ageOf, ageOutput, freshArgument } from './age.js';
import { fleetAnswer } from './answer/answer.js';
import { findingsOutput, tellFindings, worstFirst } from './answer/findings.js';
import { deniedAt, deniedNote, gapsOutput, instanceWords, tellGaps } from './answer/gaps.js';
import { instanceLine, instanceRow, labelsAmong, rowOutput } from './answer/rows.js';
import type { FleetTool } from './fleet-tool.js';
import {
  alikeFields,
  alikeLines,
  alikeNote,
  groupOf,
  instanceArgument,
  longestMilliseconds,
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
  ui: shownOnBoard,
  input: z.object({ instance: instanceArgument, fresh: freshArgument }),
  output: z
    .object({
      instance: rowOutput.optional(),
      instances: z.array(rowOutput).optional(),
      related: z.array(rowOutput).optional(),
      findings: findingsOutput.optional(),
      alike: z.array(z.string()).optional(),
      ...gapsOutput,
      ...ageOutput,
    })
    .loose(),
  async run({ instance: text, fresh }, caller, context) {
    const { clock, fleet } = context;
    const { insideViews, tellJoined } = await import('./inside/joined.js');
    const begun = clock.now();
    const until = begun + longestMilliseconds;
    if (fresh) await fleet.renew(accountsOfText(String(text), fleet));
    const { instances: asked, alike, denied: hidden = [] } = await fleet.find(String(text));
    const group = await groupOf(asked, fleet);
    const denied = deniedAt([...hidden, ...(await fleet.deniedAround(asked))]);
    const [own, around, views] = await Promise.all([
      examined(asked, fleet, until),
      fleet.examine(group, { until }),
      insideViews(asked, { caller, through: fleetDiagnoseInstance.name }, context),
    ]);
    const instances = own.diagnoses.map(({ instance }) => instance);
    const diagnoses = [...own.diagnoses, ...around.diagnoses];
    const age = ageOf(accountsHolding(asked), begun, { fleet, clock });
    const labelOf = labelsAmong((await fleet.inventory('minute', accountsHolding(asked))).instances);
    const labels = new Map([...asked, ...group].map((instance) => [instance.reference, labelOf(instance)]));
    const told = tellFindings(findingsOf(diagnoses).toSorted(worstFirst), {
      labelAt: (reference) => labels.get(reference) ?? reference,
      telling: 'in detail',
    });
    const joined = tellJoined(views, diagnoses, clock);
    const gaps = tellGaps({ missed: [...own.missed, ...around.missed], unseen: diagnoses, denied }, labelOf);
    const rows = instances.map(instanceRow);
    return fleetAnswer({
      headline: `${whichOf(asked, String(text))}: ${countsOf(own, around)}${joined.counted}.`,
      lines: [
        ...instances.map(instanceLine),
        ...group.map((other) => `related: ${instanceLine(other)}`),
        ...joined.causes,
        ...told.lines,
        ...joined.lines,
        ...gaps.lines,
        ...alikeLines(alike),
      ],
      data: {
        ...(asked.length === 1 ? { instance: rows[0] } : { instances: rows }),
        related: group.map(instanceRow),
        findings: told.fields,
        ...joined.fields,
        ...gaps.fields,
        ...age.field,
        ...alikeFields(alike),
      },
      notes: [age.note, ...joined.notes, ...gaps.notes, deniedNote(denied, instanceWords), alikeNote(alike)],
    });
  },
};

/** That the only instance cannot be examined is an error, as it is of any call. Of several, the others are answered. */
async function examined(asked: readonly FleetInstance[], fleet: Fleet, until: number): Promise<Examination> {
  const [only, ...others] = asked;
  if (only && others.length === 0) return { diagnoses: [await fleet.diagnose(only)], missed: [] };
  return fleet.examine(asked, { until });
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
