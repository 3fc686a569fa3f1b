import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import { boardTools } from '../../define/presentation.js';
import type { PageEnv, PageOptions } from './options.js';
import type { PageContext } from './page-context.js';
import { pageWordsOf } from './words/language.js';

interface BoardParts extends Pick<PageOptions, 'callTool' | 'loadBoard'> {
  pageContext: PageContext;
}

/** What a page asks to be shown with, in place of the policy of all others. */
export interface BoardEnv extends PageEnv {
  Variables: { policy?: string };
}

/** A call of a tool that reads: the only calls that the page passes on. */
const callForm = z.object({ tool: z.enum(boardTools), arguments: z.record(z.string(), z.unknown()) });

/** The policy that the build wrote into the page of the board, which allows its own script and style. */
const policyTag = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">\n?/;

/** The board of MCP Apps as a page for those who approve, and the tools that it reads through. */
export function boardRoutes({ callTool, loadBoard, pageContext }: BoardParts): Hono<BoardEnv> {
  const routes = new Hono<BoardEnv>();

  routes.get('/', async (context) => {
    const approver = await pageContext.approver(context);
    if ('answer' in approver) return approver.answer;
    const html = await loadBoard();
    // In a header the policy can also keep the page out of frames. Unlike an App it asks this server itself.
    context.set('policy', `${policyTag.exec(html)?.[1]}; connect-src 'self'; frame-ancestors 'none'`);
    // The board speaks the language of the page that led to it.
    return context.html(
      html.replace(policyTag, '').replace('<html lang="en">', `<html lang="${pageWordsOf(context).lang}">`),
    );
  });

  routes.post('/call', async (context) => {
    const approver = await pageContext.approver(context);
    if ('answer' in approver) return approver.answer;
    const { tool, arguments: input } = await callOf(context);
    return context.json(await callTool(tool, input, approver.session.principal, context.req.raw.signal));
  });

  return routes;
}

async function callOf(context: Context): Promise<z.infer<typeof callForm>> {
  const parsed = callForm.safeParse(await context.req.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  throw new HTTPException(400, { message: 'The board reads, and calls no other tools.' });
}
