import { type Context, Hono } from 'hono';
import * as z from 'zod';
import type { Principal } from '../../define/index.js';
import { sanitizeText } from '../../values/sanitize-text.js';
import type { Attempts } from '../auth/attempts.js';
import type { Seal } from '../auth/seal.js';
import type { IssuedTokens } from '../auth/signin.js';
import type { PageEnv, PageOptions } from './options.js';
import type { Form, PageContext } from './page-context.js';
import { lifetimes, longestToken, newFormToken, type PageSessions } from './sessions.js';
import { signInPage } from './views/sign-in.js';
import { pageWordsOf } from './words/language.js';
import type { PageWords } from './words/page-words.js';

/** Long enough to find a code, or for a second factor. */
const signInSeconds = 1_800;

/** What the browser keeps during sign-in: the token of the form, and what the issuer will be asked with. */
const kept = z.object({
  form: z.string(),
  request: z.string().optional(),
  keep: z.object({ state: z.string(), verifier: z.string() }).optional(),
});

const requestId = /^[0-9a-f-]{36}$/;
const asRequest = (text: string | undefined): string | undefined => (text && requestId.test(text) ? text : undefined);

/** A person who has signed in. */
interface Entry {
  principal: Principal;
  how: string;
  /** The token that was used to sign in, or those that the issuer gave. */
  token?: string | IssuedTokens;
}

interface Parts {
  options: PageOptions;
  pageContext: PageContext;
  seal: Seal;
  sessions: PageSessions;
  attempts: Attempts;
}

/** Signs in by code, by token or by the issuer, and signs out. */
export function signInRoutes({ options, pageContext, seal, sessions, attempts }: Parts): Hono<PageEnv> {
  const { signIn: ways, publicUrl, log } = options;
  const { home, cookies } = pageContext;
  const routes = new Hono<PageEnv>();
  const redirectUri = new URL(`${home}/signed-in`, publicUrl);

  const keptBy = async (context: Context) =>
    kept.safeParse(await seal.open('sign-in', cookies.read(context, 'sign-in'))).data;
  const keep = async (context: Context, content: z.infer<typeof kept>) =>
    cookies.write(context, 'sign-in', await seal.close('sign-in', content, signInSeconds), signInSeconds);
  const newForm = () => newFormToken(options.random);

  async function enter(context: Context, { principal, how, token }: Entry, request?: string) {
    const { text } = await sessions.begin('page', principal, token);
    cookies.write(context, 'session', text, lifetimes.page);
    log(`${sanitizeText(principal.name)} has signed in to the approval page (${how}).`);
    return context.redirect(request ? `${home}/${request}` : home, 303);
  }

  routes.get('/sign-in', async (context) => {
    const request = asRequest(context.req.query('request'));
    if (await pageContext.sessionOf(context)) return context.redirect(request ? `${home}/${request}` : home, 303);
    // Several tabs share the cookie, so an earlier token stays valid.
    const form = (await keptBy(context))?.form ?? newForm();
    await keep(context, { form });
    return pageContext.show(context, 200, signInPage({ ways, form, request }, pageContext.frame(context)));
  });

  routes.post('/sign-in', async (context) => {
    const token = (await keptBy(context))?.form;
    const sent = await pageContext.formOf(context, token);
    if ('answer' in sent || token === undefined) return 'answer' in sent ? sent.answer : context.notFound();
    const request = asRequest(sent.form('request'));
    const found = await personOf(sent.form, context.env.address, pageWordsOf(context).signIn);
    if ('principal' in found) return enter(context, found, request);
    log(`Somebody tried to sign in to the approval page with a wrong ${found.wrong}.`);
    return pageContext.show(
      context,
      403,
      signInPage({ ways, form: token, request, fault: found.fault }, pageContext.frame(context)),
    );
  });

  async function personOf(
    form: Form,
    address: string,
    { wrongCode, wrongToken, tooLong }: PageWords['signIn'],
  ): Promise<Entry | { wrong: string; fault: string }> {
    const [code, token] = [form('code').trim(), form('token').trim()];
    if (code && ways.code) {
      const principal = await attempts.code(address, async () => ways.code?.(code));
      return principal ? { principal, how: 'one-time code' } : { wrong: 'code', fault: wrongCode };
    }
    if (token.length > longestToken) return { wrong: 'token', fault: tooLong(longestToken) };
    const principal = await attempts.token(address, async () => (token ? ways.token?.(token) : undefined));
    return principal ? { principal, how: 'access token', token } : { wrong: 'token', fault: wrongToken };
  }

  routes.get('/sign-in/issuer', async (context) => {
    const { issuer } = ways;
    if (!issuer) return context.notFound();
    const begun = await orFault(() => issuer.begin(redirectUri.href));
    if (typeof begun === 'string') return again(context, begun);
    const form = (await keptBy(context))?.form ?? newForm();
    await keep(context, { form, request: asRequest(context.req.query('request')), keep: begun.keep });
    return context.redirect(begun.url, 303);
  });

  routes.get('/signed-in', async (context) => {
    const { issuer } = ways;
    const begun = await keptBy(context);
    const kept = begun?.keep;
    if (!issuer || !kept) return again(context, pageWordsOf(context).signIn.over);
    const current = new URL(redirectUri);
    current.search = new URL(context.req.url).search;
    const signedIn = await orFault(() => issuer.finish(current, kept));
    if (typeof signedIn === 'string') return again(context, signedIn);
    const { principal, tokens: token } = signedIn;
    return enter(context, { principal, how: 'issuer', token }, begun.request);
  });

  async function again(context: Context, fault: string): Promise<Response> {
    const form = newForm();
    await keep(context, { form });
    return pageContext.show(
      context,
      403,
      signInPage({ ways, form, fault: pageWordsOf(context).signIn.failed(fault) }, pageContext.frame(context)),
    );
  }

  routes.post('/sign-out', async (context) => {
    const session = await pageContext.sessionOf(context);
    if (!session) return context.redirect(`${home}/sign-in`, 303);
    const sent = await pageContext.formOf(context, session.form);
    if ('answer' in sent) return sent.answer;
    await sessions.end(session);
    cookies.remove(context, 'session');
    return context.redirect(`${home}/sign-in`, 303);
  });

  return routes;
}

/** Returns the result of the issuer's side, or what to tell the person. */
async function orFault<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work();
  } catch (error) {
    // The error is recognised by name, because its class comes with a library that only servers with an issuer load.
    if (error instanceof Error && error.name === 'SignInError') return error.message;
    throw error;
  }
}
