import type * as z from 'zod';
import type { BoardTool } from '../../src/define/presentation.js';
import {
  diagnosisForm,
  type Events,
  eventsForm,
  type InstanceRecord,
  instanceForm,
  type Metrics,
  metricsForm,
  type Row,
} from '../data/answers.js';
import { type Fault, labelsOf } from '../data/fleet-state.js';
import { ask } from '../data/reads.js';
import { button, element, name } from '../element.js';
import { ago, moment } from '../text/times.js';
import type { Words } from '../text/words.js';
import { chart } from './chart.js';
import { factList, faultList, headingOf, type Parts, section, type View } from './view.js';

interface InstanceParts extends Parts {
  /** Whether this view is still the one that is shown. */
  isCurrent: () => boolean;
}

const weekMilliseconds = 7 * 86_400_000;

/** One instance: its parts are asked for at the same time, and each is shown as soon as it is there. */
export function instanceView(reference: string, { isCurrent, ...parts }: InstanceParts): View {
  const words = parts.words();
  const since = new Date(Date.now() - weekMilliseconds).toISOString();
  const asked = <Form extends z.ZodType>(tool: BoardTool, form: Form, input: object = {}): Promise<z.infer<Form>> =>
    ask(parts.source, [tool, { instance: reference, ...input }], form);
  const record = asked('fleet_get_instance', instanceForm);
  const diagnosis = asked('fleet_diagnose_instance', diagnosisForm);
  const metrics = asked('fleet_get_metrics', metricsForm, { times: 60 });
  const events = asked('fleet_list_events', eventsForm, { from: since, limit: 50 });

  /** A part that fills itself once its answer is there, unless another view is shown by then. */
  function part<Answer>(title: string, answer: Promise<Answer>, fill: (told: Answer) => readonly Node[]): HTMLElement {
    const body = element('div', {}, element('p', { class: 'soft' }, words.asking));
    void answer.then(
      (told) => isCurrent() && body.replaceChildren(...fill(told)),
      (error: unknown) => isCurrent() && body.replaceChildren(element('p', { class: 'gap' }, String(error))),
    );
    return section(title, body);
  }

  const heading = headingOf(name(reference));
  void record.then(
    ({ instance }) => isCurrent() && heading.replaceChildren(name(instance.name), ' ', stateOf(instance)),
    () => undefined,
  );
  return {
    heading,
    nodes: [
      element('header', { class: 'top' }, button({ 'data-key': 'back' }, parts.openFleet, words.back), heading),
      part(words.findings, diagnosis, (told) => listOr(faultsIn(told), words.noFindings, words)),
      part(words.metrics, metrics, (told) => charts(told, words)),
      part(words.state, record, ({ instance, ageSeconds }) => [
        recordFacts(instance, words),
        element('p', { class: 'soft' }, words.lookedAt(ago(ageSeconds, words.lang))),
      ]),
      part(words.backups, record, ({ instance }) => [backupFacts(instance, words)]),
      part(words.inside, diagnosis, (told) => insideOf(told, words)),
      part(words.events, events, (told) => eventList(told, words)),
      part(words.related, record, ({ related }) => [groupList(related, parts, words)]),
    ],
  };
}

const stateOf = ({ state, providerState }: InstanceRecord): HTMLElement =>
  element('span', { class: `state ${state}`, title: providerState }, state);

type Diagnosis = z.infer<typeof diagnosisForm>;

/** What was seen inside of the instance, and not of others in its group. */
const insideIn = ({ instance: { reference }, inside }: Diagnosis) =>
  inside.filter(({ instance }) => instance === reference);

/** The faults of the instance, and those of others in its group with their names. */
function faultsIn(diagnosis: Diagnosis): readonly Fault[] {
  const own = labelsOf(diagnosis.instance);
  return diagnosis.findings.flatMap(({ severity, title, instances }) =>
    instances.map(({ instance, evidence }) => ({
      severity,
      title,
      evidence,
      ...(!own.includes(instance) && { instance }),
    })),
  );
}

const listOr = (faults: readonly Fault[], none: string, words: Words): readonly Node[] => [
  faults.length > 0 ? faultList(faults, words) : element('p', {}, none),
];

function recordFacts(instance: InstanceRecord, words: Words): HTMLElement {
  const { facts } = words;
  const { size, storage, highAvailability, endpoints, publicAccess } = instance;
  const isOn = (value: boolean | undefined) => (value === undefined ? undefined : value ? words.on : words.off);
  return factList([
    [facts.reference, instance.reference],
    [facts.role, instance.role],
    [facts.version, instance.engineVersion],
    [facts.size, joined([size?.name, unit(size?.vcpus, 'vCPU'), unit(size?.memoryGigabytes, 'GB')])],
    [facts.storage, joined([unit(storage?.gigabytes, 'GB'), unit(storage?.usedPercent, '%')])],
    [facts.highAvailability, isOn(highAvailability?.enabled)],
    [
      facts.endpoints,
      joined(endpoints.map(({ address, port }) => `${address}${port === undefined ? '' : `:${port}`}`)),
    ],
    [facts.publicAccess, publicAccess === undefined ? undefined : publicAccess ? words.yes : words.no],
    [facts.created, instance.created && moment(instance.created, words.lang)],
  ]);
}

const unit = (value: number | undefined, of: string): string | undefined =>
  value === undefined ? undefined : `${value} ${of}`;

const joined = (texts: readonly (string | undefined)[]): string | undefined =>
  texts.filter((text) => text !== undefined).join(', ') || undefined;

function backupFacts({ backups = {} }: InstanceRecord, words: Words): HTMLElement {
  const { enabled, retentionDays, newest } = backups;
  const kept = retentionDays === undefined ? undefined : words.kept(retentionDays);
  return factList([
    [words.backups, enabled === undefined ? kept : joined([enabled ? words.on : words.off, kept])],
    [words.newestBackup, newest && moment(newest, words.lang)],
  ]);
}

const charts = (metrics: Metrics, words: Words): readonly Node[] => [
  metrics.metrics.length === 0
    ? element('p', {}, words.noMetrics)
    : element(
        'div',
        { class: 'charts' },
        metrics.metrics.map((each) => chart(each, metrics, words)),
      ),
  ...metrics.unseen.map(({ what, why }) => element('p', { class: 'gap' }, `${what ?? ''}: ${why}`)),
];

/** What happened inside has names in its text. */
const isInside = (category: string): boolean => category.startsWith('inside ');

function eventList({ events, incomplete }: Events, words: Words): readonly Node[] {
  const lines = events.map(({ time, text, category, by }) =>
    element(
      'li',
      {},
      element('time', { datetime: time }, moment(time, words.lang)),
      ' ',
      isInside(category) ? category : (text ?? category),
      by ? element('span', { class: 'soft' }, ' ', name(by)) : undefined,
    ),
  );
  return [
    lines.length > 0 ? element('ul', { class: 'events' }, lines) : element('p', {}, words.noEvents),
    ...incomplete.map(({ keeps }) => element('p', { class: 'gap' }, keeps)),
  ];
}

/** Kinds and counts: others may pass by a board, so logins, statements and names of objects are no part of it. */
function insideOf(diagnosis: Diagnosis, words: Words): readonly Node[] {
  return insideIn(diagnosis).flatMap(({ findings, notSeen, fault }) => {
    if (typeof notSeen === 'string') return [element('p', { class: 'gap' }, fault ? words.notSeen(fault) : notSeen)];
    const kinds = findings.map(({ severity, title, faults, more }) => ({
      severity,
      title,
      count: faults.length + more,
    }));
    const unseen = [...new Set(notSeen.flatMap(({ checks }) => checks))];
    return [
      ...listOr(kinds, words.nothingInside, words),
      ...(unseen.length > 0 ? [element('p', { class: 'gap' }, words.notSeen(unseen.join(', ')))] : []),
    ];
  });
}

function groupList(group: readonly Row[], { openInstance }: Parts, words: Words): HTMLElement {
  if (group.length === 0) return element('p', {}, words.alone);
  const open = ({ reference, name: text, role, state }: Row) =>
    button(
      { class: 'instance', 'data-key': reference },
      () => openInstance(reference),
      element('span', { class: 'what' }, name(text), ' ', element('span', { class: `state ${state}` }, state)),
      element('span', { class: 'soft' }, role),
    );
  return element(
    'ul',
    { class: 'instances' },
    group.map((row) => element('li', {}, open(row))),
  );
}
