import { html } from 'hono/html';
import { type Severity, severities } from '../../../define/index.js';
import type { Finding } from '../../../fleet/finding.js';
import { states } from '../../../fleet/instance.js';
import type { FleetStatus } from '../fleet-status.js';
import type { PageWords } from '../words/page-words.js';
import { type Html, shown } from '../words/text.js';
import type { Frame } from './layout.js';

const mostInstances = 8;

/** Whether anything is wrong, in one sentence. Where that is not known, the section of the fleet says why. */
export function fleetHeadline(status: FleetStatus, { words }: Frame): Html {
  if ('why' in status) return html``;
  const { instances, failures } = status.inventory;
  const count = (wanted: Severity) => status.findings.filter(({ severity }) => severity === wanted).length;
  const worst = serious.find((severity) => count(severity) > 0);
  const well = failures.length > 0 ? words.fleet.notAllAsked : words.fleet.well;
  const counts = Object.fromEntries(serious.map((severity) => [severity, count(severity)]));
  const answer = html`<strong>${worst ? words.fleet.found(counts) : well}</strong>`;
  return html`<p class="wrong ${worst ?? ''}">${words.fleet.atFirstSight(answer, instances.length)}</p>`;
}

/** What needs somebody. */
const serious = severities.filter((severity) => severity !== 'notice');

/** The number of instances in each state, and first those that need attention. */
export function fleetSection(status: FleetStatus, frame: Frame): Html {
  const { fleet: said } = frame.words;
  return html`<section><h2>${said.heading}</h2>${
    'why' in status ? html`<p>${said[status.why]}</p>` : known(status, frame)
  }
<p>${said.board((text) => html`<a href="${frame.home}/board">${text}</a>`)}</p></section>`;
}

function known({ inventory, findings }: Extract<FleetStatus, { findings: unknown }>, { words }: Frame): Html {
  const { fleet: said } = words;
  const { instances, failures, denied = [] } = inventory;
  const counts = states.flatMap((state) => {
    const count = instances.filter((instance) => instance.state === state).length;
    return count > 0 ? [`${count} ${state}`] : [];
  });
  const urgent = byInstance(findings);
  const unasked = failures.map(({ provider, message }) => html`<p>${said.unasked(provider, shown(message, 300))}</p>`);
  const hidden = denied.reduce((sum, { count }) => sum + count, 0);
  return html`<p>${said.instances(instances.length)}${
    counts.length > 0 && html`: ${counts.join(', ')}`
  }.</p>${hidden > 0 && html`<p>${said.denied(hidden)}</p>`}${unasked}
${urgent.length > 0 && html`<h3>${said.first}</h3>`}
<ul class="lines">${urgent.slice(0, mostInstances).map((each) => need(each, words))}</ul>
${urgent.length > mostInstances && html`<p class="hint">${said.more(urgent.length - mostInstances)}</p>`}`;
}

/** The findings of each instance, the worst first. Findings that are only notices are left out. */
function byInstance(findings: readonly Finding[]): Finding[][] {
  const rank = ({ severity }: Finding) => severities.indexOf(severity);
  const serious = findings.filter(({ severity }) => severity !== 'notice').toSorted((a, b) => rank(a) - rank(b));
  const references = [...new Set(serious.map(({ reference }) => reference))];
  return references.map((each) => serious.filter(({ reference }) => reference === each));
}

function need(findings: readonly Finding[], words: PageWords): Html {
  const [worst] = findings;
  if (!worst) return html``;
  const provider = worst.reference.slice(0, worst.reference.indexOf(':'));
  const titles = findings.map(({ title }) => title).join('; ');
  return html`<li><span><strong class="severity ${worst.severity}">${words.severity[worst.severity]}</strong>
<bdi>${shown(worst.name, 80)}</bdi></span> <span class="who">${provider}: ${shown(titles, 300)}</span></li>`;
}
