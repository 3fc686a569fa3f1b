import { html } from 'hono/html';
import type { AuditLine } from '../../../call/audit/line.js';
import type { Approval } from '../../../call/guard/approvals.js';
import type { FleetStatus } from '../fleet-status.js';
import { fleetHeadline, fleetSection } from './fleet.js';
import type { Frame, Page } from './layout.js';
import { riskWord } from './request.js';
import { capital, distance, type Html, shown, toSecond, when } from './text.js';

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
  const body = html`<h1>${heading(waiting.length)}</h1>
${fleetHeadline(fleet)}
<p class="hint">${
    isStill
      ? html`As of ${toSecond(frame.now, frame.timeText)}. <a href="${frame.home}">Keep this list up to date</a>`
      : html`This list renews itself every ${refreshSeconds} seconds. <a href="${frame.home}?still=1">Hold it still</a>`
  }</p>
${
  waiting.length === 0 &&
  html`<p class="empty">When an agent asks for something that a person has to approve, it appears
here.</p>`
}
<ul class="cards">${waiting.slice(0, mostWaiting).map((approval) => card(approval, frame))}</ul>
${more > 0 && html`<p class="hint">and ${more} more, which expire later</p>`}
${
  decided.length > 0 &&
  html`<section><h2>Decided</h2>
<ul class="lines">${decided.slice(0, mostDecided).map((approval) => line(approval, frame))}</ul></section>`
}
${fleetSection(fleet, frame.home)}
${auditSection(audit, frame)}`;
  return { title: heading(waiting.length), body, refresh: isStill ? undefined : refreshSeconds };
}

function heading(waiting: number): string {
  if (waiting === 0) return 'Nothing waits for you';
  return waiting === 1 ? '1 request waits' : `${waiting} requests wait`;
}

const card = ({ id, plan, caller, requested, expires }: Approval, frame: Frame): Html => html`<li>
<a class="card ${plan.risk}" href="${frame.home}/${id}">
<span class="what">${riskWord(plan.risk)} <span>${shown(plan.title)}: <bdi>${shown(plan.name)}</bdi></span></span>
<span class="who"><bdi>${shown(caller.name, 60)}</bdi> asked ${distance(requested, frame.now)}, at
${shown(plan.provider, 60)}</span>
<span class="who">Expires ${when(expires, frame)}</span></a></li>`;

const line = ({ id, plan, state, decision, requested }: Approval, frame: Frame): Html => html`<li>
<a href="${frame.home}/${id}">${shown(plan.title)}: <bdi>${shown(plan.name, 80)}</bdi></a>
<span class="who">${verdict(state, decision)} ${when(decision?.time ?? requested, frame)}</span></li>`;

function verdict(state: Approval['state'], decision: Approval['decision']): Html {
  if (!decision) return html`Closed without a decision; asked`;
  return html`${state === 'refused' ? 'Refused' : 'Approved'} by <bdi>${shown(decision.name, 60)}</bdi>`;
}

function auditSection(lines: readonly AuditLine[] | undefined, frame: Frame): Html {
  return html`<section><h2>Latest audit records</h2>${
    lines === undefined
      ? html`<p>The audit record could not be read; the server’s log says why.</p>`
      : html`${lines.length === 0 && html`<p class="empty">Nothing has been recorded yet.</p>`}
<ul class="lines">${lines.map((each) => auditLine(each, frame))}</ul>`
  }</section>`;
}

const auditLine = (each: AuditLine, frame: Frame): Html => html`<li>
<span><strong>${capital(each.event)}</strong> <code>${shown(each.tool, 80)}</code>
${each.target && html` on <bdi>${shown(each.target, 80)}</bdi>`}</span>
<span class="who">${each.outcome && html`<bdi>${shown(each.outcome, 200)}</bdi>, `}${who(each)}${when(
  Date.parse(each.time),
  frame,
)}</span></li>`;

/** The approver of a decision, and the caller of every other line. */
function who({ approver, caller, client }: AuditLine): Html {
  const name = approver ?? caller ?? client;
  return html`by <bdi>${shown(name, 60)}</bdi>, `;
}
