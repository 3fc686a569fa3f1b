import { html } from 'hono/html';
import { severities } from '../../../define/index.js';
import type { Finding } from '../../../fleet/finding.js';
import { states } from '../../../fleet/instance.js';
import { deniedNote, instanceWords } from '../../../fleet/tools/answer/gaps.js';
import type { FleetStatus } from '../fleet-status.js';
import { capital, type Html, shown } from './text.js';

const mostInstances = 8;

/** Whether anything is wrong, in one sentence. Where that is not known, the section of the fleet says why. */
export function fleetHeadline(status: FleetStatus): Html {
  if ('why' in status) return html``;
  const { instances, failures } = status.inventory;
  const counts = severities.flatMap((severity) => {
    const count = status.findings.filter((finding) => finding.severity === severity).length;
    return count > 0 && severity !== 'notice' ? [{ severity, text: countOf(count, severity) }] : [];
  });
  const [worst] = counts;
  const well = failures.length > 0 ? 'Nothing found to be wrong, but not all could be asked' : 'Nothing is wrong';
  const answer = worst ? counts.map(({ text }) => text).join(', ') : well;
  return html`<p class="wrong ${worst?.severity ?? ''}"><strong>${answer}</strong> at first sight, among
${countOf(instances.length, 'instance')}.</p>`;
}

/** Writes `1 warning`, `3 warnings`, `2 critical`. */
const countOf = (count: number, word: string): string =>
  `${count} ${count === 1 || word === 'critical' ? word : `${word}s`}`;

/** The number of instances in each state, and first those that need attention. */
export function fleetSection(status: FleetStatus, home: string): Html {
  return html`<section><h2>The fleet</h2>${'why' in status ? html`<p>${status.why}</p>` : known(status)}
<p><a href="${home}/board">The board</a> examines each instance.</p></section>`;
}

function known({ inventory, findings }: Extract<FleetStatus, { findings: unknown }>): Html {
  const { instances, failures, denied = [] } = inventory;
  const counts = states.flatMap((state) => {
    const count = instances.filter((instance) => instance.state === state).length;
    return count > 0 ? [`${count} ${state}`] : [];
  });
  const urgent = byInstance(findings);
  const unasked = failures.map(
    ({ provider, message }) => html`<p>${provider} could not be asked: ${shown(message, 300)}</p>`,
  );
  const hidden = deniedNote(denied, instanceWords);
  return html`<p>${countOf(instances.length, 'instance')}${
    counts.length > 0 && html`: ${counts.join(', ')}`
  }.</p>${hidden !== undefined && html`<p>${hidden}</p>`}${unasked}
${urgent.length > 0 && html`<h3>Those that need somebody first</h3>`}
<ul class="lines">${urgent.slice(0, mostInstances).map(need)}</ul>
${urgent.length > mostInstances && html`<p class="hint">and ${urgent.length - mostInstances} more</p>`}`;
}

/** The findings of each instance, the worst first. Findings that are only notices are left out. */
function byInstance(findings: readonly Finding[]): Finding[][] {
  const rank = ({ severity }: Finding) => severities.indexOf(severity);
  const serious = findings.filter(({ severity }) => severity !== 'notice').toSorted((a, b) => rank(a) - rank(b));
  const references = [...new Set(serious.map(({ reference }) => reference))];
  return references.map((each) => serious.filter(({ reference }) => reference === each));
}

function need(findings: readonly Finding[]): Html {
  const [worst] = findings;
  if (!worst) return html``;
  const provider = worst.reference.slice(0, worst.reference.indexOf(':'));
  const titles = findings.map(({ title }) => title).join('; ');
  return html`<li><span><strong class="severity ${worst.severity}">${capital(worst.severity)}</strong>
<bdi>${shown(worst.name, 80)}</bdi></span> <span class="who">${provider}: ${shown(titles, 300)}</span></li>`;
}
