import { z } from 'zod';
import { sanitizeText } from '../../values/sanitize-text.js';
import { accountNameOf } from '../account.js';
import { type Finding, severities, type Topic, topics } from '../finding.js';
import { accountsMeant, countBy, failureLines, failureNotes, findingLine, fleetAnswer, meanings } from './answer.js';
import type { FleetTool } from './fleet-tool.js';

/** Clients give up after a minute. What was not checked by then is named. */
const longestMilliseconds = 40_000;

/** The text names this many of the things that could not be read. The fields have all of them. */
const mostNamed = 10;

/** Checks every instance with the same rules. */
export const fleetCheck: FleetTool = {
  name: 'fleet_check',
  title: 'Check fleet',
  description:
    'Answers whether anything is wrong with the databases: examines every instance of every cloud and lists the ' +
    'findings, the worst first, each with evidence and the next call. A topic or provider narrows it.',
  readOnly: true,
  destructive: false,
  idempotent: true,
  input: z.object({ topic: z.enum(topics).optional(), provider: z.string().min(1).optional() }),
  output: z.object({ examined: z.number(), findings: z.array(z.unknown()) }).loose(),
  async run(input, caller, { clock, fleet }) {
    const { topic, provider } = input as Question;
    const meant = accountsMeant(provider, fleet.accounts);
    const until = clock.now() + longestMilliseconds;
    const { instances: all, failures: every } = await fleet.inventory();
    const failures = every.filter((failure) => meant.has(failure.provider));
    const instances = all.filter((instance) => meant.has(accountNameOf(instance)));
    await caller.progress?.(0, instances.length, `${instances.length} instances to look at`);
    const { diagnoses, missed } = await fleet.examine(instances, until);
    const findings = diagnoses
      .flatMap((diagnosis) => diagnosis.findings)
      .filter((finding) => topic === undefined || finding.topic === topic)
      .toSorted(worstFirst);
    const unavailable = diagnoses.flatMap(({ instance, unavailable: gaps }) =>
      gaps.map(
        ({ what, why }) =>
          `${accountNameOf(instance)} ${sanitizeText(instance.name)}: ${what} (${sanitizeText(why, 120)})`,
      ),
    );
    const about = topic === undefined ? '' : ` about ${topic}`;
    return fleetAnswer({
      headline: `${diagnoses.length} instances examined${about}: ${words(findings, failures.length + missed.length)}.`,
      lines: [
        ...failureLines(failures),
        ...findings.map(findingLine),
        ...missed
          .slice(0, mostNamed)
          .map(({ instance, why }) => `not examined: ${sanitizeText(instance.reference)} (${sanitizeText(why, 200)})`),
        ...unavailable.slice(0, mostNamed).map((gap) => `could not be read: ${gap}`),
      ],
      data: {
        examined: diagnoses.length,
        findings,
        ...(failures.length > 0 && { failures }),
        ...(missed.length > 0 && {
          missed: missed.map(({ instance, why }) => ({ reference: instance.reference, why })),
        }),
        ...(unavailable.length > 0 && { unseen: unavailable }),
      },
      notes: [
        ...meanings(findings),
        ...failureNotes(failures),
        missed.length > 0 ? `${missed.length} instances could not be examined.` : undefined,
        unavailable.length > 0 ? `${unavailable.length} reads beside the findings gave nothing.` : undefined,
      ],
    });
  },
};

interface Question {
  topic?: Topic;
  provider?: string;
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
