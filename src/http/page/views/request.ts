import { html } from 'hono/html';
import { resolvedText } from '../../../call/effect/resolved-name.js';
import type { Approval } from '../../../call/guard/approvals.js';
import type { Shown } from '../../../call/guard/plan-reads.js';
import { changeText, instanceText } from '../../../call/guard/plan-text.js';
import { type Values } from '../../../values/values.js';
import type { Session } from '../sessions.js';
import { isOwnCall } from '../verdicts.js';
import { type Frame, formToken, type Page } from './layout.js';
import { capital, fieldName, type Html, shown, toSecond, valueText, when, whole } from './text.js';

/** A verdict that was just sent and not accepted. */
export interface Attempt {
  fault: string;
  typed: string;
}

/** One whole request: what would happen, to what, who asks, and the two answers. */
export function requestPage(approval: Approval, session: Session, frame: Frame, attempt?: Attempt): Page {
  const { plan, reason } = approval;
  const isOpen = approval.state === 'pending' && approval.expires > frame.now;
  const fields = Object.entries(plan.arguments);
  const body = html`<p class="trail"><a href="${frame.home}">All requests</a></p>
<h1>${shown(plan.title)}: <bdi>${shown(plan.name)}</bdi></h1>
<p class="meta">${riskWord(plan.risk)} at ${shown(plan.provider)}</p>
${isOpen || outcome(approval, frame)}
<section class="stakes ${plan.risk}" aria-label="What is at stake">
<h2>What happens</h2><p>${shown(plan.warning, whole)}</p>
<h2>The way back</h2><p>${shown(plan.undo, whole)}</p>
</section>
${listed('What changes', plan.changes.map(changeText))}
${listed(
  'Instances',
  plan.touches.map((each) => instanceText(each, 'reference')),
)}
${listed('What the names mean', (plan.named ?? []).map(resolvedText))}
${listed('What could not be seen', plan.unknown)}
<section><h2>Who asks</h2>
<dl class="facts">
${fact('Asked by', html`<bdi>${shown(approval.caller.name)}</bdi>${identity(approval.caller)}`)}
${fact('With the program', html`<bdi>${shown(approval.caller.client) || 'not named'}</bdi>`)}
${fact('Asked', when(approval.requested, frame))}
${isOpen && fact('Expires', when(approval.expires, frame))}
${fact('Why you are asked', reason ? shown(reason, 500) : 'The server wants a person for calls of this risk.')}
</dl></section>
${
  plan.shown.length > 0 &&
  html`<section><h2>What it concerns</h2>
<p class="hint">As the provider told it when the call was made. It is read again before anything is sent; if it has
changed by then, this approval does not count.</p>${plan.shown.map(section)}</section>`
}
<section><h2>The call</h2><p><code>${shown(plan.tool)}</code></p>
${fields.length > 0 && html`<dl class="facts">${rows(fields)}</dl>`}</section>
${isOpen && decision(approval, session, frame, attempt)}`;
  return { title: `${shown(plan.title)}: ${shown(plan.name, 60)}`, body };
}

/** A page has room for everything, so nothing is cut. */
const listed = (title: string, texts: readonly string[]) =>
  texts.length > 0 &&
  html`<section><h2>${title}</h2>
<ul>${texts.map((text) => html`<li>${shown(text, whole)}</li>`)}</ul></section>`;

export const riskWord = (risk: string): Html => html`<strong class="risk ${risk}">${capital(risk)}</strong>`;

const fact = (name: string, value: unknown): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

/** Names can be alike, but ids cannot. */
const identity = ({ id, name }: Approval['caller']) =>
  id !== name && html` <span class="id"><bdi>${shown(id, 300)}</bdi></span>`;

/** The arguments, whole: what stands at the end of a list counts as much as what stands at its beginning. */
const rows = (fields: readonly [string, unknown][]): Html =>
  html`${fields.map(
    ([name, value]) => html`<div><dt><code>${shown(name, 80)}</code></dt>
<dd><bdi>${valueText(value, whole)}</bdi></dd></div>`,
  )}`;

function section({ label, records, unreadable }: Shown): Html {
  const heading = html`<h3>${shown(capital(label))}</h3>`;
  if (unreadable) return html`${heading}<p>Could not be read: ${shown(unreadable, 500)}</p>`;
  if (records.length === 0) return html`${heading}<p>None</p>`;
  return html`${heading}${records.map((values) => record(values, label))}`;
}

const record = (values: Values, label: string): Html =>
  html`<dl class="record">${Object.entries(values).map(([path, value]) =>
    fact(fieldName(path, label), html`<bdi>${valueText(value, whole)}</bdi>`),
  )}</dl>`;

/** How it ended, for people who read the page later. */
function outcome({ state, decision: decided, plan, expires }: Approval, frame: Frame): Html {
  if (!decided) {
    const text =
      state === 'pending' && expires <= frame.now ? 'Its time is over' : 'It was overtaken: the target has changed';
    return html`<p class="outcome" role="status"><strong>Closed.</strong> ${text}. Nobody can decide on it.</p>`;
  }
  const verdict = state === 'refused' ? 'Refused' : 'Approved';
  const next = {
    approved: 'It is carried out as soon as the one who asked comes back for it.',
    used: 'It has been carried out, or was begun; the audit record says how it went.',
    refused: `Nothing was done to ${shown(plan.name)}.`,
    pending: '',
  }[state];
  return html`<p class="outcome" role="status"><strong>${verdict}</strong> by <bdi>${shown(decided.name)}</bdi>,
${when(decided.time, frame)}. ${next} ${decided.reason && html`Reason: <q>${shown(decided.reason, 500)}</q>`}</p>`;
}

function decision(approval: Approval, session: Session, frame: Frame, attempt?: Attempt): Html {
  const { id, plan, expires } = approval;
  const action = `${frame.home}/${id}`;
  // The time of expiry is sent along, so that a form that comes too late gets the right message.
  const hidden = html`${formToken(session.form)}<input type="hidden" name="expires" value="${expires}">`;
  const approve = isOwnCall(approval, session.principal)
    ? html`<div class="answer"><h3>Approve</h3><p>You asked for this call yourself. The policy wants a
second person: nobody approves a call of their own.</p></div>`
    : html`<form class="answer" method="post" action="${action}/approve"><h3>Approve</h3>${hidden}
${plan.risk === 'destructive' && typedName(plan.name, attempt)}
<button class="go ${plan.risk}">Approve: ${shown(plan.title)}</button></form>`;
  return html`<section class="decision"><h2>Your decision</h2>
<p class="hint">Until ${toSecond(expires, frame.timeText)}. It is written into the audit record with your name.</p>
<div class="answers">${approve}
<form class="answer" method="post" action="${action}/refuse"><h3>Refuse</h3>${hidden}
<label for="reason">Reason (optional)</label>
<input id="reason" name="reason" maxlength="500" autocomplete="off">
<button>Refuse</button></form></div></section>`;
}

const typedName = (name: string, attempt?: Attempt): Html => html`${
  // The fault stands beside the focused field, because the top of the page may not be visible.
  attempt && html`<p class="fault" role="alert" id="fault"><strong>Not approved.</strong> ${attempt.fault}</p>`
}
<label for="typed">Type
<code class="name"><bdi>${shown(name)}</bdi></code> to approve</label>
<input id="typed" name="typed" required maxlength="200" autocomplete="off" autocapitalize="none" spellcheck="false"
value="${attempt?.typed ?? ''}" ${attempt && html`aria-invalid="true" aria-describedby="fault" autofocus`}>`;
