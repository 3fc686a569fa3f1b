import { type Severity } from '../../src/define/finding.js';
import type { Fault } from '../data/fleet-state.js';
import type { Source } from '../data/source.js';
import { element, name } from '../element.js';
import type { Words } from '../text/words.js';

/** What is shown at one time, and its heading, which takes the focus when it was opened. */
export interface View {
  nodes: readonly Node[];
  heading: HTMLElement;
}

/** What views need from the board. */
export interface Parts {
  words: () => Words;
  source: Source;
  openInstance: (reference: string) => void;
  openFleet: () => void;
}

/** A heading that can take the focus without being a stop on the way of the keyboard. */
export const headingOf = (...children: Parameters<typeof element>[2][]): HTMLHeadingElement =>
  element('h1', { tabindex: '-1' }, ...children);

/** How severe something is, in a word beside its colour. */
export const severityMark = (severity: Severity, { severity: words }: Words): HTMLElement =>
  element('strong', { class: `severity ${severity}` }, words[severity]);

/** A kind of fault, with how many there are of it. */
export const titleOf = ({ title, count = 1 }: Pick<Fault, 'title' | 'count'>): string =>
  count === 1 ? title : `${title} (${count})`;

/** What is wrong, each with what was seen. */
export const faultList = (faults: readonly Fault[], words: Words): HTMLElement =>
  element(
    'ul',
    { class: 'faults' },
    faults.map(({ severity, title, count, evidence, instance }) =>
      element(
        'li',
        {},
        severityMark(severity, words),
        ' ',
        titleOf({ title, count }),
        instance !== undefined && element('span', { class: 'soft' }, ' ', name(instance)),
        evidence ? element('span', { class: 'evidence' }, evidence) : undefined,
      ),
    ),
  );

/** A part of a view with a heading of its own. */
export const section = (title: string, ...children: Parameters<typeof element>[2][]): HTMLElement =>
  element('section', { 'aria-label': title }, element('h2', {}, title), ...children);

/** Names and values, those without a value left out. */
export const factList = (facts: readonly (readonly [string, string | undefined])[]): HTMLElement =>
  element(
    'dl',
    { class: 'facts' },
    facts.flatMap(([label, value]) =>
      value === undefined ? [] : [element('div', {}, element('dt', {}, label), element('dd', {}, name(value)))],
    ),
  );
