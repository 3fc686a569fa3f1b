import { randomUUID } from 'node:crypto';
import type { BrowserContextOptions } from 'playwright-core';
import type { Principal } from '../../../src/define/index.js';
import type { TestBrowser, Window } from '../../support/browser.js';
import type { Served } from './serving.js';

/** Somebody at a browser who has signed in with a one-time code, and looks at the list or at one request. */
export async function enter(
  browser: TestBrowser,
  served: Served,
  person: Principal,
  id?: string,
  options?: BrowserContextOptions,
): Promise<Window> {
  const code = randomUUID();
  served.codes.set(code, person);
  const window = await browser.open(options);
  const wanted = id === undefined ? served.home : `${served.home}/${id}`;
  await window.page.goto(wanted);
  await window.page.getByLabel('One-time code').fill(code);
  await window.page.keyboard.press('Enter');
  await window.page.waitForURL(wanted);
  return window;
}

/** The same without a browser: the cookie, and the token that each form has to bring. */
export async function enterRaw(
  { home, origin, codes, tokens }: Served,
  person: Principal,
  by: 'code' | 'token' = 'code',
) {
  const secret = randomUUID();
  (by === 'code' ? codes : tokens).set(secret, person);
  const first = await fetch(`${home}/sign-in`);
  const sent = await post(`${home}/sign-in`, {
    fields: { [by]: secret, form: tokenIn(await first.text()) },
    headers: { Origin: origin, Cookie: cookieOf(first) },
  });
  const setCookie = sent.headers.get('set-cookie') ?? '';
  const cookie = cookieOf(sent);
  const page = await fetch(home, { headers: { Cookie: cookie } });
  return { cookie, setCookie, token: tokenIn(await page.text()) };
}

interface Post {
  fields?: Record<string, string>;
  headers?: Record<string, string>;
}

export const post = (url: string, { fields = {}, headers = {} }: Post = {}): Promise<Response> =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' });

/** What a browser would send back. */
export const cookieOf = (response: Response): string => (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';

export const tokenIn = (html: string): string => /name="form" value="([^"]+)"/.exec(html)?.[1] ?? '';
