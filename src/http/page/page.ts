import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { createAttempts } from '../auth/attempts.js';
import { createSeal } from '../auth/seal.js';
import { apiRoutes } from './api.js';
import { type BoardEnv, boardRoutes } from './board.js';
import { createCookies } from './cookies.js';
import { createFleetStatus } from './fleet-status.js';
import { homeOf, type PageOptions } from './options.js';
import { createPageContext } from './page-context.js';
import { pageRoutes } from './page-routes.js';
import { createPageSessions } from './sessions.js';
import { signInRoutes } from './sign-in.js';
import { style } from './views/style.js';
import { detectLanguage, languageRoutes, pageWordsOf } from './words/language.js';

const largestBody = 16 * 1024;
const none = ["'none'"];

/**
 * The page where a person decides on waiting calls, in a browser or by `pgfleet approvals`. Its paths are below
 * `/approvals`.
 */
export function approvalPage(options: PageOptions): {
  fetch: (request: Request, address: string) => Promise<Response>;
} {
  const { key, publicUrl, clock } = options;
  const seal = createSeal(key, clock.now);
  const sessions = createPageSessions({ ...options, seal });
  const attempts = createAttempts(options);
  const pageContext = createPageContext({ ...options, sessions, cookies: createCookies(publicUrl, homeOf(publicUrl)) });

  const app = new Hono<BoardEnv>({ strict: false }).basePath('/approvals');
  app.use(async (context, next) => {
    await next();
    const policy = context.get('policy');
    if (policy !== undefined) context.header('Content-Security-Policy', policy);
  });
  app.use(secureHeaders(headersFor(publicUrl)));
  app.use(async (context, next) => {
    await next();
    if (!context.res.headers.has('Cache-Control')) context.header('Cache-Control', 'no-store');
  });
  app.use(detectLanguage);
  app.use(
    bodyLimit({ maxSize: largestBody, onError: (context) => context.text(pageWordsOf(context).told.tooLong, 413) }),
  );
  app.get('/style.css', (context) =>
    context.body(style, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'max-age=3600' }),
  );
  app.route('/api', apiRoutes({ ...options, sessions, attempts }));
  app.use(pageContext.requireOwnForm);
  app.route('/language', languageRoutes(pageContext.home, publicUrl.protocol === 'https:'));
  app.route('/board', boardRoutes({ ...options, pageContext }));
  app.route('/', signInRoutes({ options, pageContext, seal, sessions, attempts }));
  app.route('/', pageRoutes({ options, pageContext, fleetStatus: createFleetStatus(options) }));
  app.notFound((context) => pageContext.say(context, 404, pageWordsOf(context).told.noPage));
  app.onError(pageContext.fail);
  return { fetch: async (request, address) => app.fetch(request, { address }) };
}

/** Allows no scripts, no content from other sites, and no embedding in frames. The board has a policy of its own. */
const headersFor = (publicUrl: URL): Parameters<typeof secureHeaders>[0] => ({
  contentSecurityPolicy: {
    defaultSrc: none,
    styleSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: none,
    frameAncestors: none,
  },
  // With `no-referrer`, browsers would send `Origin: null` with this page's own forms, as with forms in foreign frames.
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
  strictTransportSecurity: publicUrl.protocol === 'https:' && 'max-age=31536000',
});
