import { type Context, Hono, type Next } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import type { Approval } from '../../call/guard/approvals.js';
import { mayUse, type Principal } from '../../define/index.js';
import { type Attempts, TooManyAttempts, waitSeconds } from '../auth/attempts.js';
import type { PageEnv, PageOptions } from './options.js';
import { idPath } from './page-routes.js';
import type { PageSessions } from './sessions.js';
import { decide } from './verdicts.js';

interface ApiOptions extends Pick<PageOptions, 'approvals' | 'signIn' | 'log'> {
  sessions: PageSessions;
  attempts: Attempts;
}

interface Env extends PageEnv {
  Variables: { person: Principal };
}

type Status = 400 | 401 | 403 | 404 | 409 | 422 | 429 | 500;

const codeBody = z.object({ code: z.string().min(1).max(200) });
const verdictBody = z.object({ typed: z.string().max(1_000).optional(), reason: z.string().max(2_000).optional() });

/** The same rights and verdicts as on the page, for terminals. It accepts a bearer token and never a cookie. */
export function apiRoutes({ approvals, signIn, sessions, attempts, log }: ApiOptions): Hono<Env> {
  const routes = new Hono<Env>();

  /** Sealed sessions have five parts. Access tokens have three or one. */
  async function personOf(bearer: string): Promise<Principal | undefined> {
    if (bearer.split('.').length === 5) return (await sessions.open('terminal', bearer))?.principal;
    return signIn.token?.(bearer);
  }

  routes.post('/session', async (context) => {
    const body = await bodyOf(context, codeBody);
    const principal = await attempts.code(context.env.address, async () => signIn.code?.(body.code));
    if (!principal) return refuse(context, 401, 'wrong code', 'The code is not right, or was used already.');
    const { text: session, expires } = await sessions.begin('terminal', principal);
    return context.json({ session, expires });
  });

  routes.use(async (context: Context<Env>, next: Next) => {
    const bearer = /^Bearer +(\S+)$/i.exec(context.req.header('Authorization') ?? '')?.[1];
    if (bearer === undefined) return refuse(context, 401, 'no token', 'Send an access token: Authorization: Bearer …');
    const person = await attempts.token(context.env.address, async () => personOf(bearer));
    if (!person) return refuse(context, 401, 'wrong token', 'The token does not hold: it is unknown, or over.');
    if (!mayUse(person, 'pgfleet:approve'))
      return refuse(context, 403, 'missing scope', 'The token lacks the scope pgfleet:approve.');
    context.set('person', person);
    return next();
  });

  routes.get('/', async (context) => context.json({ approvals: (await approvals.list()).map(told) }));

  routes.get(`/${idPath}`, async (context) => {
    const approval = await approvals.get(context.req.param('id'));
    return approval ? context.json({ approval: told(approval) }) : refuse(context, 404, 'unknown', unknown);
  });

  routes.post(`/${idPath}/:verdict{approve|refuse}`, async (context) => {
    const body = await bodyOf(context, verdictBody);
    const { id, verdict } = context.req.param();
    const by = context.get('person');
    const done = await decide(approvals, id, { by, ...body, verdict: verdict === 'approve' ? 'approve' : 'refuse' });
    if ('approval' in done) return context.json({ approval: told(done.approval) });
    const { status, code, message } = done.refusal;
    return refuse(context, status, code, message);
  });

  routes.all('*', (context) => refuse(context, 404, 'unknown', 'There is no such address.'));

  routes.onError((error, context) => {
    if (error instanceof HTTPException) return refuse(context, 400, 'bad request', error.message);
    if (error instanceof TooManyAttempts) {
      context.header('Retry-After', String(waitSeconds));
      return refuse(context, 429, 'too many attempts', error.message);
    }
    log(`The approval page failed: ${error.stack}`);
    return refuse(context, 500, 'fault', 'This is a fault of pgfleet; its log on stderr has the details.');
  });

  return routes;
}

const unknown = 'There is no such request here; it may have expired.';

function refuse(context: Context, status: Status, code: string, message: string): Response {
  if (status === 401) context.header('WWW-Authenticate', 'Bearer');
  return context.json({ error: { code, message } }, status);
}

async function bodyOf<Form extends z.ZodType>(context: Context, form: Form): Promise<z.infer<Form>> {
  const text = await context.req.text().catch(() => {
    throw new HTTPException(400, { message: 'The body did not come to its end.' });
  });
  const parsed = form.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new HTTPException(400, { message: `The body is not as expected: ${z.prettifyError(parsed.error)}` });
}

function jsonOf(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Leaves out what only the call itself needs: the encrypted arguments, and the hash to find it again. */
function told({ consent: _consent, call: _call, ...rest }: Approval): Omit<Approval, 'consent' | 'call'> {
  return rest;
}
