import { build } from 'esbuild';
import type { FrameLocator } from 'playwright-core';
import type { TestBrowser, Window } from '../../support/browser.js';
import { type Connection } from '../../support/connect.js';

export interface BoardOptions {
  tool?: string;
  input?: Record<string, unknown>;
  /** What the host tells of itself. */
  context?: Record<string, unknown>;
  /** What the host lets the board do: call tools when left out. */
  capabilities?: Record<string, unknown>;
  browserOptions?: Parameters<TestBrowser['open']>[0];
}

export interface OpenBoard extends Window {
  board: FrameLocator;
  /** The tools that the board called, with their arguments. */
  called: { name: string; arguments?: Record<string, unknown> }[];
  changeContext: (context: Record<string, unknown>) => Promise<void>;
}

/** A host of MCP Apps in the browser, which shows the board with the answer of a tool. */
export async function openBoard(
  browser: TestBrowser,
  { client, listTools }: Connection,
  {
    tool = 'fleet_overview',
    input = {},
    context = {},
    capabilities = { serverTools: {} },
    browserOptions,
  }: BoardOptions = {},
): Promise<OpenBoard> {
  const window = await browser.open(browserOptions);
  const { page } = window;
  const tools = await listTools();
  const uiOf = (name: string) => (tools.find((each) => each.name === name)?.['_meta'] as Meta | undefined)?.ui;
  const { contents } = await client.readResource({ uri: uiOf(tool)?.resourceUri ?? '' });
  const [content] = contents;
  if (!content || !('text' in content)) throw new Error(`${tool} has no board.`);
  const called: OpenBoard['called'] = [];
  await page.exposeFunction('callTool', async (params: OpenBoard['called'][number]) => {
    called.push(params);
    if (uiOf(params.name)?.visibility?.includes('app') === false) throw new Error(`${params.name} is not for Apps.`);
    return client.callTool(params);
  });
  await page.route('http://host.example/', async (route) => {
    const html = `<!doctype html><meta charset="utf-8"><body style="margin:0"><script>${await hostScript()}</script>`;
    await route.fulfill({ contentType: 'text/html', body: html });
  });
  await page.goto('http://host.example/');
  const result = await client.callTool({ name: tool, arguments: input });
  await page.evaluate(inPage('showApp', { html: content.text, context, capabilities, input, result }));
  return {
    ...window,
    board: page.frameLocator('iframe'),
    called,
    changeContext: (changed) => page.evaluate(inPage('changeContext', changed)),
  };
}

interface Meta {
  ui?: { resourceUri?: string; visibility?: string[] };
}

/** Calls a function that the page of the host has; these tests do not know the types of a page. */
const inPage = (name: string, given: unknown): string => `window.${name}(${JSON.stringify(given)})`;

let script: Promise<string> | undefined;

const hostScript = (): Promise<string> => {
  script ??= build({
    entryPoints: ['test/http/board/host-page.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2023',
  }).then(({ outputFiles: [file] }) => (file?.text ?? '').replaceAll('</script', '<\\/script'));
  return script;
};
