import { type Severity, severities } from '../../src/define/finding.js';
import type { Unread } from '../data/answers.js';
import {
  type Ailing,
  type Cloud,
  cloudsOf,
  countsOf,
  type Fleet,
  type Gaps,
  gapsOf,
  isWhole,
} from '../data/fleet-state.js';
import { button, element, name } from '../element.js';
import { ago } from '../text/times.js';
import type { Words } from '../text/words.js';
import { headingOf, type Parts, severityMark, titleOf, type View } from './view.js';

interface FleetParts extends Parts {
  /** Epoch milliseconds. */
  now: number;
  renew: () => void;
}

/** Whether anything is wrong, and then every instance by its cloud, the worst first. */
export function fleetView(fleet: Fleet, { now, renew, ...parts }: FleetParts): View {
  const words = parts.words();
  const { overview, check, fault } = fleet;
  const gaps = gapsOf(fleet);
  const heading = headingOf(answerOf(fleet, words));
  const examining = check || fault !== undefined ? '' : ` · ${words.examining}`;
  const head = element(
    'header',
    { class: `answer fleet ${toneOf(fleet)}` },
    element(
      'div',
      {},
      heading,
      element(
        'p',
        { class: 'soft' },
        `${words.instances(overview.total)} · `,
        element('span', { 'data-age': true }, ageText(fleet, now, words)),
        element('span', { role: 'status' }, examining),
      ),
    ),
    button({ 'data-key': 'renew' }, renew, words.lookAgain),
  );
  const clouds = cloudsOf(fleet).map((cloud) => cloudSection(cloud, overview.counts, parts));
  const missing = overview.total - overview.instances.length;
  const notes = [
    ...(missing > 0 ? [words.more(missing)] : []),
    ...(gaps.further > 0 ? [words.furtherFindings(gaps.further)] : []),
    ...(check && gaps.denied > 0 ? [words.denied(gaps.denied)] : []),
    ...gaps.unseen.map(unreadText),
  ];
  return { nodes: [head, ...gapLines(gaps, fault), ...clouds, ...notes.map(gapLine)], heading };
}

/** How old the look is, which grows while it is shown. */
export const ageText = ({ overview, received }: Fleet, now: number, { lookedAt, lang }: Words): string =>
  lookedAt(ago(Math.round(overview.ageSeconds + (now - received) / 1_000), lang));

/** What keeps the answer from being whole stands above the instances. */
const gapLines = ({ failures, missed }: Gaps, fault: string | undefined): readonly Node[] => [
  ...failures.map(({ provider, message }) =>
    element('p', { class: 'gap' }, element('strong', {}, provider), ` ${message}`),
  ),
  ...[...missed.map(unreadText), ...(fault === undefined ? [] : [fault])].map(gapLine),
];

const gapLine = (text: string): HTMLElement => element('p', { class: 'gap' }, text);

const unreadText = ({ what, why, instances }: Unread): string =>
  `${[what, instances.join(', ')].filter(Boolean).join(': ')} (${why})`;

/** The answer to whether anything is wrong. Notices alone are not. */
function answerOf(fleet: Fleet, words: Words): string {
  const counts = countsOf(fleet);
  const told = words.wrong(counts);
  if (counts.critical + counts.warning > 0) return told;
  const well = isSeen(fleet) ? (fleet.check ? words.allWell : words.wellSoFar) : words.notAllSeen;
  return told ? `${well} (${told})` : well;
}

const isSeen = (fleet: Fleet): boolean => isWhole(gapsOf(fleet)) && fleet.fault === undefined;

function toneOf(fleet: Fleet): Severity | 'well' {
  const counts = countsOf(fleet);
  return (
    severities.find((severity) => severity !== 'notice' && counts[severity] > 0) ?? (isSeen(fleet) ? 'well' : 'notice')
  );
}

function cloudSection({ account, instances }: Cloud, counts: Readonly<Record<string, number>>, parts: Parts) {
  const states = Object.entries(counts)
    .filter(([key]) => key.startsWith(`${account} `))
    .map(([key, count]) => `${count} ${key.slice(account.length + 1)}`);
  return element(
    'section',
    { 'aria-label': account },
    element('h2', {}, account, ' ', element('span', { class: 'soft' }, states.join(', '))),
    element(
      'ul',
      { class: 'instances' },
      instances.map((each) => element('li', {}, instanceButton(each, parts))),
    ),
  );
}

function instanceButton({ row, faults }: Ailing, { words, openInstance }: Parts): HTMLElement {
  const { reference, role, state, engineVersion } = row;
  const [worst] = faults;
  const facts = [role, engineVersion && `PostgreSQL ${engineVersion}`].filter(Boolean).join(', ');
  const mark = worst ? worst.severity : state === 'available' ? 'well' : 'notice';
  return button(
    { class: `instance ${mark}`, 'data-key': reference },
    () => openInstance(reference),
    element('span', { class: 'what' }, name(row.name), ' ', element('span', { class: `state ${state}` }, state)),
    element('span', { class: 'soft' }, facts),
    worst && faultTitles(faults, words()),
  );
}

/** Each kind once, so that a card stays short; what was seen stands in the view of the instance. */
const faultTitles = (faults: Ailing['faults'], words: Words): HTMLElement =>
  element(
    'span',
    { class: 'titles' },
    faults.map((fault) => element('span', {}, severityMark(fault.severity, words), ' ', titleOf(fault))),
  );
