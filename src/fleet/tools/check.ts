import * as z from 'zod';
import { InputError } from '../../call/errors.js';
import { timestamp } from '../../define/index.js';
import { sanitizeWords } from '../../values/sanitize-text.js';
import { accountNameOf } from '../account.js';
import { type Finding, severities, type Topic, topics } from '../finding.js';
import { accountOf } from '../reference.js';
import { type Restore, verdicts } from '../rules/restorable.js';
import {
  accountsMeant,
  countBy,
  deniedField,
  deniedNote,
  failureLines,
  failureNotes,
  findingLine,
  fleetAnswer,
  instanceWords,
  inventoryOf,
  meanings,
} from './answer.js';
import type { FleetTool } from './fleet-tool.js';

/** Clients give up after a minute. What was not checked by then is named. */
const longestMilliseconds = 40_000;

/** The text names this many of the things that could not be read. */
const mostNamed = 10;
/** The fields name more of them, but not so many that findings would be left out for them. */
const mostListed = 50;

/** Checks every instance with the same rules. */
export const fleetCheck: FleetTool = {
  name: 'fleet_check',
  title: 'Check fleet',
  description:
    'Answers whether anything is wrong with the databases: examines every instance of every cloud and lists the ' +
    'findings, the worst first, each with evidence and the next call. A topic or provider narrows it. With topic ' +
    'backups and a moment it also tells for each instance whether it could be restored to that moment, and why.',
  readOnly: true,
  destructive: false,
  idempotent: true,
  input: z.object({
    topic: z.enum(topics).optional(),
    provider: z.string().min(1).optional(),
    moment: timestamp().describe('with topic backups').optional(),
  }),
  output: z.object({ examined: z.number(), findings: z.array(z.unknown()) }).loose(),
  async run(input, caller, { clock, fleet }) {
    const { topic, provider, moment } = input as Question;
    const wanted = momentOf(moment, topic, clock.now());
    const meant = accountsMeant(provider, fleet.accounts);
    const until = clock.now() + longestMilliseconds;
    const { instances, failures, denied } = inventoryOf(meant, await fleet.inventory());
    await caller.progress?.(0, instances.length, `${instances.length} instances to examine`);
    const [{ diagnoses, missed }, restores] = await Promise.all([
      fleet.examine(instances, until),
      wanted === undefined ? [] : fleet.restores(instances, wanted, until),
    ]);
    const findings = diagnoses
      .flatMap((diagnosis) => diagnosis.findings)
      .filter((finding) => topic === undefined || finding.topic === topic)
      .toSorted(worstFirst);
    const unavailable = diagnoses.flatMap(({ instance, unavailable: gaps }) =>
      gaps.map(
        ({ what, why }) =>
          `${accountNameOf(instance)} ${sanitizeWords(instance.name)} [${sanitizeWords(instance.reference)}]: ` +
          `${what} (${sanitizeWords(why, 120)})`,
      ),
    );
    const about = topic === undefined ? '' : ` about ${topic}`;
    const found = words(findings, failures.length + missed.length);
    return fleetAnswer({
      headline: `${diagnoses.length} instances examined${about}: ${found}.${restoreWords(restores, moment)}`,
      lines: [
        ...failureLines(failures),
        ...restores.map(restoreLine),
        ...findings.map(findingLine),
        ...missed
          .slice(0, mostNamed)
          .map(
            ({ instance, why }) => `not examined: ${sanitizeWords(instance.reference)} (${sanitizeWords(why, 200)})`,
          ),
        ...unavailable.slice(0, mostNamed).map((gap) => `could not be read: ${gap}`),
      ],
      data: {
        examined: diagnoses.length,
        findings,
        ...(wanted !== undefined && { restores }),
        ...(failures.length > 0 && { failures }),
        ...deniedField(denied),
        ...(missed.length > 0 && {
          missed: missed.slice(0, mostListed).map(({ instance, why }) => ({ reference: instance.reference, why })),
        }),
        ...(unavailable.length > 0 && { unseen: unavailable.slice(0, mostListed) }),
      },
      notes: [
        ...meanings(findings),
        ...failureNotes(failures),
        deniedNote(denied, instanceWords),
        missed.length > 0 ? `${missed.length} instances could not be examined.` : undefined,
        unavailable.length > 0 ? `${unavailable.length} reads beside the findings gave nothing.` : undefined,
      ],
    });
  },
};

interface Question {
  topic?: Topic;
  provider?: string;
  moment?: string;
}

function momentOf(moment: string | undefined, topic: Topic | undefined, now: number): number | undefined {
  if (moment === undefined) return undefined;
  if (topic !== 'backups') throw new InputError(['moment: it goes with the topic backups.']);
  if (Date.parse(moment) > now) throw new InputError(['moment: it has not come yet. Give one that is past.']);
  return Date.parse(moment);
}

/** Writes a line such as `restore nhn analytics [nhn:0ddb042c…]: no, it was created later`. */
function restoreLine({ reference, name, verdict, why }: Restore): string {
  const who = `${accountOf(reference)} ${sanitizeWords(name)} [${sanitizeWords(reference)}]`;
  return `restore ${who}: ${verdict}, ${sanitizeWords(why, 200)}`;
}

function restoreWords(restores: readonly Restore[], moment: string | undefined): string {
  if (moment === undefined) return '';
  const counts = countBy(restores, ({ verdict }) => verdict);
  const told = verdicts.filter((verdict) => counts[verdict]).map((verdict) => `${counts[verdict]} ${verdict}`);
  return ` Could they be restored to ${moment}: ${told.join(', ')}.`;
}

const worstFirst = (a: Finding, b: Finding): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
  topics.indexOf(a.topic) - topics.indexOf(b.topic) ||
  a.name.localeCompare(b.name);

function words(findings: readonly Finding[], unasked: number): string {
  if (findings.length === 0) return unasked === 0 ? 'nothing found to be wrong' : 'no findings, but not all was seen';
  const counts = countBy(findings, ({ severity }) => severity);
  return severities
    .filter((severity) => counts[severity])
    .map((severity) => `${counts[severity]} ${severity}`)
    .join(', ');
}
