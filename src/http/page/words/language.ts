import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { setCookie } from 'hono/cookie';
import { languageDetector } from 'hono/language';
import { english } from './english.js';
import { korean } from './korean.js';
import type { PageWords } from './page-words.js';

const words: Readonly<Record<PageWords['lang'], PageWords>> = { en: english, ko: korean };

const cookie = 'pgfleet-language';
const yearSeconds = 31_536_000;

/** Only the page's own addresses are led back to. */
const ownPath = /^\/(?:board|[0-9a-f-]{36}|sign-in(?:\?request=[0-9a-f-]{36})?)$/;

/** Finds the language that was chosen on the page, or else the one that the browser asks for. */
export const detectLanguage: MiddlewareHandler = languageDetector({
  order: ['cookie', 'header'],
  lookupCookie: cookie,
  caches: false,
  supportedLanguages: Object.keys(words),
  fallbackLanguage: 'en',
});

/** The words of a request, once its language was detected. */
export const pageWordsOf = (context: Context): PageWords => (context.get('language') === 'ko' ? words.ko : words.en);

/** The page that a request asked for, below the first one. */
export function pagePathOf(context: Context): string {
  const { pathname, search } = new URL(context.req.url);
  const path = pathname.replace(/^\/approvals/, '').replace(/\/(?:approve|refuse)$/, '');
  return [path + search, path].find((each) => ownPath.test(each)) ?? '';
}

/** Takes the language that somebody chose, signed in or not, and leads back. */
export function languageRoutes(home: string, isSecure: boolean): Hono {
  const routes = new Hono();
  routes.post('/', async (context) => {
    const { lang, back } = await context.req.parseBody();
    if (lang !== 'en' && lang !== 'ko') return context.notFound();
    setCookie(context, cookie, lang, {
      path: home,
      httpOnly: true,
      sameSite: 'Lax',
      secure: isSecure,
      maxAge: yearSeconds,
    });
    return context.redirect(home + (typeof back === 'string' && ownPath.test(back) ? back : ''), 303);
  });
  return routes;
}
