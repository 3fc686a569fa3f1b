import { type Context, Hono } from 'hono';
import type { Approval } from '../../call/guard/approvals.js';
import type { Principal } from '../../define/index.js';
import type { FleetStatus } from './fleet-status.js';
import type { PageOptions } from './options.js';
import type { Form, PageContext } from './page-context.js';
import type { Session } from './sessions.js';
import { decide, type Refusal } from './verdicts.js';
import { listPage } from './views/list.js';
import { requestPage } from './views/request.js';
import { pageWordsOf } from './words/language.js';
import { shown } from './words/text.js';

/** Only ids of this form are looked up. */
export const idPath = ':id{[0-9a-f-]{36}}';
const auditLines = 10;

interface Parts {
  options: PageOptions;
  pageContext: PageContext;
  fleetStatus: (person: Principal) => Promise<FleetStatus>;
}

/** The list, one whole request, and the two ways to answer it. */
export function pageRoutes({ options, pageContext, fleetStatus }: Parts): Hono {
  const { approvals, latestAudit, clock, log } = options;
  const routes = new Hono();

  routes.get('/', async (context) => {
    const approver = await pageContext.approver(context);
    if ('answer' in approver) return approver.answer;
    const audit = latestAudit(auditLines).catch((error: unknown) => {
      log(`The approval page cannot read the audit record: ${String(error)}`);
      return undefined;
    });
    const fleet = await fleetStatus(approver.session.principal);
    const content = { approvals: await approvals.list(), fleet, audit: await audit };
    const isStill = context.req.query('still') !== undefined;
    return pageContext.show(
      context,
      200,
      listPage({ ...content, isStill }, pageContext.frame(context)),
      approver.session,
    );
  });

  routes.get(`/${idPath}`, async (context) => {
    const approver = await pageContext.approver(context);
    if ('answer' in approver) return approver.answer;
    const approval = await approvals.get(context.req.param('id'));
    if (!approval) return gone(context, 404, approver.session);
    const page = requestPage(approval, approver.session, pageContext.frame(context));
    return pageContext.show(context, 200, page, approver.session);
  });

  routes.post(`/${idPath}/:verdict{approve|refuse}`, async (context) => {
    const approver = await pageContext.approver(context);
    if ('answer' in approver) return approver.answer;
    const sent = await pageContext.formOf(context, approver.session.form);
    if ('answer' in sent) return sent.answer;
    const { id, verdict } = context.req.param();
    const typed = sent.form('typed').trim();
    const answer = { by: approver.session.principal, typed, reason: sent.form('reason') };
    const done = await decide(approvals, id, { ...answer, verdict: verdict === 'approve' ? 'approve' : 'refuse' });
    if ('approval' in done) return context.redirect(`${pageContext.home}/${id}`, 303);
    return refused(context, done.refusal, await approvals.get(id), sent.form, approver.session);
  });

  function refused(
    context: Context,
    { code, status, message }: Refusal,
    approval: Approval | undefined,
    form: Form,
    session: Session,
  ) {
    if (!approval) return gone(context, Number(form('expires')) <= clock.now() ? 410 : 404, session);
    const { fault, told } = pageWordsOf(context);
    const text = fault(code, message, shown(approval.plan.name));
    if (code === 'wrong name') {
      const attempt = { fault: text, typed: form('typed').slice(0, 200) };
      const page = requestPage(approval, session, pageContext.frame(context), attempt);
      return pageContext.show(context, status, page, session);
    }
    const title = code === 'own call' ? told.ownCall : told.decided;
    return pageContext.say(context, status, { title, text }, session);
  }

  function gone(context: Context, status: 404 | 410, session: Session) {
    const { expired, unknown } = pageWordsOf(context).told;
    return pageContext.say(context, status, status === 410 ? expired : unknown, session);
  }

  return routes;
}
