import { timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { mayUse } from '../../define/index.js';
import { TooManyAttempts, waitSeconds } from '../auth/attempts.js';
import type { Cookies } from './cookies.js';
import { homeOf, type PageOptions } from './options.js';
import type { PageSessions, Session } from './sessions.js';
import { type Frame, layout, message, type Page } from './views/layout.js';
import { pagePathOf, pageWordsOf } from './words/language.js';
import type { Told } from './words/page-words.js';

type Status = 200 | 400 | 403 | 404 | 409 | 410 | 422 | 429 | 500 | 503;
/** The fields of a form that was sent. */
export type Form = (field: string) => string;

export interface PageContextOptions extends PageOptions {
  sessions: PageSessions;
  cookies: Cookies;
}

/** What the routes for browsers share: finding out who sends a request, and answering. */
export function createPageContext({
  sessions,
  cookies,
  publicUrl,
  version,
  isSandbox,
  clock,
  log,
}: PageContextOptions) {
  const home = homeOf(publicUrl);
  const frame = (context: Context, session?: Session): Frame => ({
    home,
    words: pageWordsOf(context),
    lang: pageWordsOf(context).lang,
    path: pagePathOf(context),
    version,
    isSandbox,
    now: clock.now(),
    timeText: clock.timeText,
    session,
  });
  const show = async (context: Context, status: Status, page: Page, session?: Session): Promise<Response> =>
    context.html(await layout(page, frame(context, session)), status);
  const say = (context: Context, status: Status, told: Told, session?: Session) =>
    show(context, status, message(told, [{ to: home, label: pageWordsOf(context).allRequests }]), session);
  const sessionOf = (context: Context) => sessions.open('page', cookies.read(context, 'session'));

  /** Returns the session of a person who may approve, or the answer for one who may not. */
  async function approver(context: Context): Promise<{ session: Session } | { answer: Response }> {
    const session = await sessions.open('page', cookies.read(context, 'session'), context.req.method === 'POST');
    if (!session) return { answer: await askToSignIn(context) };
    if (mayUse(session.principal, 'pgfleet:approve')) return { session };
    return { answer: await say(context, 403, pageWordsOf(context).told.mayNot, session) };
  }

  async function askToSignIn(context: Context): Promise<Response> {
    const id = context.req.param('id');
    const query = id === undefined ? '' : `?request=${id}`;
    if (context.req.method !== 'POST') return context.redirect(`${home}/sign-in${query}`, 303);
    const { signIn, told } = pageWordsOf(context);
    const links = [{ to: `${home}/sign-in${query}`, label: signIn.title }];
    return show(context, 403, message(told.signInAgain, links));
  }

  return {
    home,
    show,
    say,
    frame,
    cookies,
    sessionOf,
    approver,

    /** Returns the form if it belongs to this session, or else the answer. */
    formOf: async (context: Context, token: string | undefined): Promise<{ form: Form } | { answer: Response }> => {
      // A body that is not a form has no token either.
      const body: Record<string, unknown> = await context.req.parseBody().catch(() => ({}));
      const form: Form = (field) => textOf(body[field]);
      if (token !== undefined && isSame(form('form'), token)) return { form };
      return { answer: await say(context, 403, pageWordsOf(context).told.earlierForm) };
    },

    /** A form is only accepted when the browser says that it comes from a page of this origin. */
    requireOwnForm: (async (context, next) => {
      if (context.req.method === 'GET' || context.req.method === 'HEAD') return next();
      const site = context.req.header('Sec-Fetch-Site') ?? 'same-origin';
      if (context.req.header('Origin') === publicUrl.origin && site === 'same-origin') return next();
      return say(context, 403, pageWordsOf(context).told.foreignForm(`${publicUrl.origin}${home}`));
    }) satisfies MiddlewareHandler,

    fail: async (error: Error, context: Context): Promise<Response> => {
      const { told } = pageWordsOf(context);
      if (error instanceof HTTPException) return error.getResponse();
      if (error instanceof TooManyAttempts) {
        context.header('Retry-After', String(waitSeconds));
        return say(context, 429, told.tooMany(error.message));
      }
      // It is recognised by name, because its class comes with a library that only servers with an issuer load.
      if (error.name === 'SignInError') return say(context, 503, told.notAsked(error.message));
      log(`The approval page failed: ${error.stack}`);
      return say(context, 500, told.failed);
    },
  };
}

export type PageContext = ReturnType<typeof createPageContext>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
