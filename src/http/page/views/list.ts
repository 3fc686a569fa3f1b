import { html } from 'hono/html';
import type { AuditLine } from '../../../call/audit/line.js';
import type { Approval } from '../../../call/guard/approvals.js';
import type { FleetStatus } from '../fleet-status.js';
import { distance, type Html, shown, toSecond, when } from '../words/text.js';
import { fleetHeadline, fleetSection } from './fleet.js';
import type { Frame, Page } from './layout.js';
import { riskWord } from './request.js';

export interface ListContent {
  approvals: readonly Approval[];
  fleet: FleetStatus;
  /** Undefined when it cannot be read. */
  audit?: readonly AuditLine[];
  /** Whether the person does not want the page to refresh itself. */
  isStill: boolean;
}

/** Often enough for a person who waits, and rarely enough for a person who reads. */
const refreshSeconds = 15;
const mostWaiting = 100;
const mostDecided = 10;

/** The waiting requests, then the decided ones, the fleet and the audit record. */
export function listPage({ approvals, fleet, audit, isStill }: ListContent, frame: Frame): Page {
  const isWaiting = ({ state, expires }: Approval) => state === 'pending' && expires > frame.now;
  const waiting = approvals.filter(isWaiting).toSorted((a, b) => a.expires - b.expires);
  const more = waiting.length - mostWaiting;
  const decided = approvals.filter((approval) => !isWaiting(approval));
  const { list: said } = frame.words;
  const heading = said.heading(waiting.length);
  const body = html`<h1>${heading}</h1>
${fleetHeadline(fleet, frame)}
<p class="hint">${
    isStill
      ? html`${said.asOf(toSecond(frame.now, frame.timeText))} <a href="${frame.home}">${said.renew}</a>`
      : html`${said.renews(refreshSeconds)} <a href="${frame.home}?still=1">${said.hold}</a>`
  }</p>
${waiting.length === 0 && html`<p class="empty">${said.empty}</p>`}
<ul class="cards">${waiting.slice(0, mostWaiting).map((approval) => card(approval, frame))}</ul>
${more > 0 && html`<p class="hint">${said.moreLater(more)}</p>`}
${
  decided.length > 0 &&
  html`<section><h2>${said.decided}</h2>
<ul class="lines">${decided.slice(0, mostDecided).map((approval) => line(approval, frame))}</ul></section>`
}
${fleetSection(fleet, frame)}
${auditSection(audit, frame)}`;
  return { title: heading, body, refresh: isStill ? undefined : refreshSeconds };
}

const card = ({ id, plan, caller, requested, expires }: Approval, frame: Frame): Html => html`<li>
<a class="card ${plan.risk}" href="${frame.home}/${id}">
<span class="what">${riskWord(plan.risk, frame)}
<span>${shown(plan.title)}: <bdi>${shown(plan.name)}</bdi></span></span>
<span class="who">${frame.words.list.asked(
  html`<bdi>${shown(caller.name, 60)}</bdi>`,
  distance(requested, frame.now, frame.lang),
  shown(plan.provider, 60),
)}</span>
<span class="who">${frame.words.list.expires(when(expires, frame))}</span></a></li>`;

const line = ({ id, plan, state, decision, requested }: Approval, frame: Frame): Html => html`<li>
<a href="${frame.home}/${id}">${shown(plan.title)}: <bdi>${shown(plan.name, 80)}</bdi></a>
<span class="who">${verdict({ state, decision, requested }, frame)}</span></li>`;

type Ended = Pick<Approval, 'state' | 'decision' | 'requested'>;

function verdict({ state, decision, requested }: Ended, frame: Frame): Html {
  const { list: said } = frame.words;
  if (!decision) return said.closed(when(requested, frame));
  const by = html`<bdi>${shown(decision.name, 60)}</bdi>`;
  return said.verdict(state === 'refused' ? state : 'approved', by, when(decision.time, frame));
}

function auditSection(lines: readonly AuditLine[] | undefined, frame: Frame): Html {
  return html`<section><h2>${frame.words.list.audit}</h2>${
    lines === undefined
      ? html`<p>${frame.words.list.auditAway}</p>`
      : html`${lines.length === 0 && html`<p class="empty">${frame.words.list.auditEmpty}</p>`}
<ul class="lines">${lines.map((each) => auditLine(each, frame))}</ul>`
  }</section>`;
}

const auditLine = (each: AuditLine, frame: Frame): Html => html`<li>
<span><strong>${frame.words.list.event(each.event)}</strong> <code>${shown(each.tool, 80)}</code>
${each.target && frame.words.list.on(html`<bdi>${shown(each.target, 80)}</bdi>`)}</span>
<span class="who">${each.outcome && html`<bdi>${shown(each.outcome, 200)}</bdi>, `}${frame.words.list.by(
  who(each),
  when(Date.parse(each.time), frame),
)}</span></li>`;

/** The approver of a decision, and the caller of every other line. */
function who({ approver, caller, client }: AuditLine): Html {
  const name = approver ?? caller ?? client;
  return html`<bdi>${shown(name, 60)}</bdi>`;
}
