import * as z from 'zod';
import type { Caller } from '../../call/caller.js';
import { InputError } from '../../call/errors.js';
import { severities, timestamp } from '../../define/index.js';
import { shownOnBoard } from '../../define/presentation.js';
import { sanitizeWords } from '../../values/sanitize-text.js';
import { neverTold } from '../adapter.js';
import { type Finding, type Topic, topics } from '../finding.js';
import type { Fleet, SurveyOptions } from '../fleet.js';
import type { FleetInstance } from '../instance.js';
import { type Restore, verdicts } from '../rules/restorable.js';
import { ageOf, ageOutput, freshArgument } from './age.js';
import { accountsMeant, countBy, pagedAnswer, portionOf } from './answer/answer.js';
import {
  bySeverity,
  type FoundAnywhere,
  findingsOutput,
  type Telling,
  tellFindings,
  worstFirst,
} from './answer/findings.js';
import { deniedNote, gapsOutput, instanceWords, tellGaps } from './answer/gaps.js';
import { labelsAmong } from './answer/rows.js';
import type { FleetTool, FleetToolContext } from './fleet-tool.js';
import type { FleetInside } from './inside/fleet-inside.js';

/** Clients give up after a minute. What was not checked by then is named. */
const longestMilliseconds = 40_000;

/** Progress is told in this many steps at most, roughly. */
const mostSteps = 50;

/** Findings in one answer: in brief, and each with its call. */
const mostFindings = { brief: 60, detailed: 40 };

/** Checks every instance with the same rules. */
export const fleetCheck: FleetTool = {
  name: 'fleet_check',
  title: 'Check fleet',
  description:
    'Answers whether anything is wrong with the databases: examines every instance of every cloud and lists the ' +
    'findings by kind, the worst first, with evidence; detail adds the next call of each. A topic or provider ' +
    'narrows it. With topic backups and a moment it also tells for each instance whether it could be restored to ' +
    'it, and why.',
  readOnly: true,
  destructive: false,
  idempotent: true,
  ui: shownOnBoard,
  input: z.object({
    topic: z.enum(topics).optional(),
    provider: z.string().min(1).optional(),
    detail: z.boolean().optional(),
    offset: z.int().min(0).max(100_000).describe('findings to pass over').optional(),
    moment: timestamp().describe('with topic backups').optional(),
    inside: z.boolean().describe('look into the databases too, where there is a connection').optional(),
    fresh: freshArgument,
  }),
  output: z
    .object({
      examined: z.number(),
      total: z.number(),
      findings: findingsOutput.optional(),
      restores: z.array(z.object({ instance: z.string(), verdict: z.string(), why: z.string() }).loose()).optional(),
      ...gapsOutput,
      ...ageOutput,
    })
    .loose(),
  async run(input, caller, context) {
    const { clock, fleet } = context;
    const { topic, provider, moment, detail = false, offset, inside = false, fresh } = input as Question;
    const wanted = momentOf(moment, topic, clock.now());
    const meant = accountsMeant(provider, fleet.accounts);
    const begun = clock.now();
    const until = begun + longestMilliseconds;
    if (fresh) await fleet.renew(meant);
    const [{ inventory, diagnoses, missed }, restores] = await Promise.all([
      fleet.survey(meant, { until, topic, ...progressTo(caller) }),
      wanted === undefined ? [] : restoresIn(meant, { moment: wanted, until }, fleet),
    ]);
    const { failures, denied = [] } = inventory;
    const age = ageOf(meant, begun, { fleet, clock });
    const findings = diagnoses
      .flatMap((diagnosis) => diagnosis.findings)
      .filter((finding) => topic === undefined || finding.topic === topic)
      .toSorted(worstFirst);
    const labelOf = labelsAmong(inventory.instances);
    const labels = new Map(inventory.instances.map((instance) => [instance.reference, labelOf(instance)]));
    const labelAt = (reference: string) => labels.get(reference) ?? reference;
    const gaps = tellGaps({ failures, missed, unseen: diagnoses, denied }, labelOf);
    const within = inside ? await withinEach(inventory.instances, caller, context) : none;
    const telling: Telling = detail ? 'in detail' : 'briefly';
    const about = topic === undefined ? '' : ` about ${topic}`;
    const unread = diagnoses.flatMap(({ unavailable }) => unavailable.filter(({ why }) => why !== neverTold));
    const found = words(findings, failures.length + missed.length + unread.length);
    // One page goes through all of these, in the order in which they are told.
    const all: readonly Told[] = [
      ...restores.map((restore) => ({ restore })),
      ...findings.map((finding) => ({ finding })),
      ...within.findings.toSorted(bySeverity).map((inside) => ({ inside })),
    ];
    return pagedAnswer(detail ? mostFindings.detailed : mostFindings.brief, (limit) => {
      const { items, more } = portionOf(all, { offset, limit });
      const shownRestores = items.flatMap(({ restore }) => restore ?? []);
      const told = tellFindings(
        items.flatMap(({ finding }) => finding ?? []),
        { labelAt, telling },
      );
      const toldInside = tellFindings(
        items.flatMap((each) => each.inside ?? []),
        { labelAt, telling },
      );
      return {
        headline: `${diagnoses.length} instances examined${about}: ${found}.${restoreWords(restores, moment)}`,
        lines: [
          ...shownRestores.map((each) => restoreLine(each, labelAt)),
          ...told.lines,
          ...toldInside.lines,
          ...within.lines,
          ...gaps.lines,
        ],
        data: {
          examined: diagnoses.length,
          total: findings.length,
          restores: shownRestores.map(({ reference, verdict, why }) => ({
            instance: labelAt(reference),
            verdict,
            why,
          })),
          findings: told.fields,
          inside: toldInside.fields,
          insideSeen: [...within.lines, ...within.notes],
          ...gaps.fields,
          ...age.field,
        },
        notes: [age.note, ...within.notes, ...gaps.notes, deniedNote(denied, instanceWords)],
        more: moreOf(more, items.length > shownRestores.length && !detail),
      };
    });
  },
};

/** What looks inside is loaded with the first such question. */
async function withinEach(instances: readonly FleetInstance[], caller: Caller, context: FleetToolContext) {
  const { fleetInside } = await import('./inside/fleet-inside.js');
  return fleetInside(instances, { caller, through: fleetCheck.name }, context);
}

/** Nothing was looked into. */
const none: FleetInside = { findings: [], lines: [], notes: [] };

/** How to get what the answer does not show. */
function moreOf(rest: string | undefined, isBrief: boolean): string | undefined {
  const parts = [rest, isBrief ? 'detail true adds the call that helps.' : undefined];
  return parts.filter((part) => part !== undefined).join(' ') || undefined;
}

/** Tells how far it is. Of a large fleet, not each instance is told. */
function progressTo({ progress }: Caller): Pick<SurveyOptions, 'found' | 'done'> {
  let [total, count] = [0, 0];
  return {
    found(more) {
      total += more;
    },
    done() {
      count += 1;
      const isTold = count % Math.ceil(total / mostSteps) === 0 || count === total;
      if (isTold) progress?.(count, total, `${count} of ${total} instances examined`).catch(() => undefined);
    },
  };
}

async function restoresIn(accounts: ReadonlySet<string>, asked: { moment: number; until: number }, fleet: Fleet) {
  const { instances } = await fleet.inventory('minute', accounts);
  return fleet.restores(instances, asked.moment, asked.until);
}

/** What a page can show: one of these. */
interface Told {
  restore?: Restore;
  finding?: Finding;
  inside?: FoundAnywhere;
}

interface Question {
  topic?: Topic;
  provider?: string;
  moment?: string;
  detail?: boolean;
  offset?: number;
  inside?: boolean;
  fresh?: boolean;
}

function momentOf(moment: string | undefined, topic: Topic | undefined, now: number): number | undefined {
  if (moment === undefined) return undefined;
  if (topic !== 'backups') throw new InputError(['moment: it goes with the topic backups.']);
  if (Date.parse(moment) > now) throw new InputError(['moment: it has not come yet. Give one that is past.']);
  return Date.parse(moment);
}

/** Writes a line such as `restore nhn:analytics: no, it was created later`. */
const restoreLine = ({ reference, verdict, why }: Restore, labelAt: (reference: string) => string): string =>
  `restore ${sanitizeWords(labelAt(reference))}: ${verdict}, ${sanitizeWords(why, 200)}`;

function restoreWords(restores: readonly Restore[], moment: string | undefined): string {
  if (moment === undefined) return '';
  const counts = countBy(restores, ({ verdict }) => verdict);
  const told = verdicts.filter((verdict) => counts[verdict]).map((verdict) => `${counts[verdict]} ${verdict}`);
  return ` Could they be restored to ${moment}: ${told.join(', ')}.`;
}

function words(findings: readonly Finding[], unseen: number): string {
  if (findings.length === 0) return unseen === 0 ? 'nothing found to be wrong' : 'no findings, but not all was seen';
  const counts = countBy(findings, ({ severity }) => severity);
  return severities
    .filter((severity) => counts[severity])
    .map((severity) => `${counts[severity]} ${severity}`)
    .join(', ');
}
