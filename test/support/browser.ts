import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';

export interface TestBrowser {
  /** A new person at a new browser window, without cookies; closed with the test. */
  open: (options?: BrowserContextOptions) => Promise<Window>;
}

export interface Window {
  page: Page;
  context: BrowserContext;
  /** Everything that the browser complained about: refused by the policy, not found, not understood. */
  complaints: string[];
}

const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** On a machine that does much else, a browser takes many times as long. */
const longestStartMilliseconds = 120_000;
const longestStepMilliseconds = 60_000;

/** Debian's Chromium, headless, with a profile of its own; one for all tests of a file. */
export function browserOfFile(): TestBrowser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    const executablePath = findChromium();
    const timeout = longestStartMilliseconds;
    browser = await chromium.launch({ executablePath, chromiumSandbox: false, args: flags, timeout });
  }, longestStartMilliseconds);
  afterAll(() => browser?.close());
  return {
    async open(options) {
      if (!browser) throw new Error('A browser is there once the tests of the file run.');
      const context = await browser.newContext(options);
      context.setDefaultTimeout(longestStepMilliseconds);
      onTestFinished(() => context.close());
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      return { page, context, complaints };
    },
  };
}

function findChromium(): string {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)];
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
  if (!found) throw new Error(`These tests want a browser: install Debian's chromium, or put it on PATH.`);
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
