import { html } from 'hono/html';
import { resolvedText } from '../../../call/effect/resolved-name.js';
import type { Approval } from '../../../call/guard/approvals.js';
import type { Shown } from '../../../call/guard/plan-reads.js';
import { changeText, instanceText } from '../../../call/guard/plan-text.js';
import type { Risk } from '../../../define/index.js';
import { type Values } from '../../../values/values.js';
import type { Session } from '../sessions.js';
import { isOwnCall } from '../verdicts.js';
import type { PageWords } from '../words/page-words.js';
import { capital, fieldName, type Html, shown, toSecond, valueText, when, whole } from '../words/text.js';
import { type Frame, formToken, type Page } from './layout.js';

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
  const { words } = frame;
  const { request: said } = words;
  const body = html`<p class="trail"><a href="${frame.home}">${words.allRequests}</a></p>
<h1>${shown(plan.title)}: <bdi>${shown(plan.name)}</bdi></h1>
<p class="meta">${said.at(riskWord(plan.risk, frame), shown(plan.provider))}</p>
${words.inEnglish && html`<p class="hint">${words.inEnglish}</p>`}
${isOpen || outcome(approval, frame)}
<section class="stakes ${plan.risk}" aria-label="${said.stakes}">
<h2>${said.happens}</h2><p>${shown(plan.warning, whole)}</p>
<h2>${said.wayBack}</h2><p>${shown(plan.undo, whole)}</p>
</section>
${listed(said.changes, plan.changes.map(changeText))}
${listed(
  said.instances,
  plan.touches.map((each) => instanceText(each, 'reference')),
)}
${listed(said.names, (plan.named ?? []).map(resolvedText))}
${listed(said.unseen, plan.unknown)}
<section><h2>${said.who}</h2>
<dl class="facts">
${fact(said.askedBy, html`<bdi>${shown(approval.caller.name)}</bdi>${identity(approval.caller)}`)}
${fact(said.program, html`<bdi>${shown(approval.caller.client) || said.noProgram}</bdi>`)}
${fact(said.asked, when(approval.requested, frame))}
${isOpen && fact(said.expires, when(approval.expires, frame))}
${fact(said.why, reason ? shown(reason, 500) : said.usualWhy)}
</dl></section>
${
  plan.shown.length > 0 &&
  html`<section><h2>${said.concerns}</h2>
<p class="hint">${said.concernsHint}</p>${plan.shown.map((each) => section(each, said))}</section>`
}
<section><h2>${said.call}</h2><p><code>${shown(plan.tool)}</code></p>
${fields.length > 0 && html`<dl class="facts">${rows(fields)}</dl>`}</section>
${isOpen && decision(approval, session, frame, attempt)}`;
  return { title: `${shown(plan.title)}: ${shown(plan.name, 60)}`, body };
}

/** A page has room for everything, so nothing is cut. */
const listed = (title: string, texts: readonly string[]) =>
  texts.length > 0 &&
  html`<section><h2>${title}</h2>
<ul>${texts.map((text) => html`<li>${shown(text, whole)}</li>`)}</ul></section>`;

export const riskWord = (risk: Risk, { words }: Frame): Html =>
  html`<strong class="risk ${risk}">${words.risk(risk)}</strong>`;

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

function section({ label, records, unreadable }: Shown, said: PageWords['request']): Html {
  const heading = html`<h3>${shown(capital(label))}</h3>`;
  if (unreadable) return html`${heading}<p>${said.unreadable(shown(unreadable, 500))}</p>`;
  if (records.length === 0) return html`${heading}<p>${said.none}</p>`;
  return html`${heading}${records.map((values) => record(values, label))}`;
}

const record = (values: Values, label: string): Html =>
  html`<dl class="record">${Object.entries(values).map(([path, value]) =>
    fact(fieldName(path, label), html`<bdi>${valueText(value, whole)}</bdi>`),
  )}</dl>`;

/** How it ended, for people who read the page later. */
function outcome({ state, decision: decided, plan, expires }: Approval, frame: Frame): Html {
  const { request: said } = frame.words;
  if (!decided) {
    const why = state === 'pending' && expires <= frame.now ? said.isOver : said.isOvertaken;
    return html`<p class="outcome" role="status">${said.closed(why)}</p>`;
  }
  const by = html`<bdi>${shown(decided.name)}</bdi>`;
  const verdict = said.verdict(state === 'refused' ? state : 'approved', by, when(decided.time, frame));
  return html`<p class="outcome" role="status">${verdict} ${said.next(state, shown(plan.name))}
${decided.reason && said.reason(html`<q>${shown(decided.reason, 500)}</q>`)}</p>`;
}

function decision(approval: Approval, session: Session, frame: Frame, attempt?: Attempt): Html {
  const { id, plan, expires } = approval;
  const { request: said } = frame.words;
  const action = `${frame.home}/${id}`;
  // The time of expiry is sent along, so that a form that comes too late gets the right message.
  const hidden = html`${formToken(session.form)}<input type="hidden" name="expires" value="${expires}">`;
  const approve = isOwnCall(approval, session.principal)
    ? html`<div class="answer"><h3>${said.approve}</h3><p>${said.ownCall}</p></div>`
    : html`<form class="answer" method="post" action="${action}/approve"><h3>${said.approve}</h3>${hidden}
${plan.risk === 'destructive' && typedName(plan.name, said, attempt)}
<button class="go ${plan.risk}">${said.approveCall(shown(plan.title))}</button></form>`;
  return html`<section class="decision"><h2>${said.decision}</h2>
<p class="hint">${said.until(toSecond(expires, frame.timeText))}</p>
<div class="answers">${approve}
<form class="answer" method="post" action="${action}/refuse"><h3>${said.refuse}</h3>${hidden}
<label for="reason">${said.reasonLabel}</label>
<input id="reason" name="reason" maxlength="500" autocomplete="off">
<button>${said.refuse}</button></form></div></section>`;
}

const typedName = (name: string, said: PageWords['request'], attempt?: Attempt): Html => html`${
  // The fault stands beside the focused field, because the top of the page may not be visible.
  attempt && html`<p class="fault" role="alert" id="fault"><strong>${said.notApproved}</strong> ${attempt.fault}</p>`
}
<label for="typed">${said.type(html`<code class="name"><bdi>${shown(name)}</bdi></code>`)}</label>
<input id="typed" name="typed" required maxlength="200" autocomplete="off" autocapitalize="none" spellcheck="false"
value="${attempt?.typed ?? ''}" ${attempt && html`aria-invalid="true" aria-describedby="fault" autofocus`}>`;
