import { html } from 'hono/html';
import type { Session } from '../sessions.js';
import { type Html, type Moment, shown } from './text.js';

/** What every page needs to know. */
export interface Frame extends Moment {
  /** The path of the list. All other paths begin with it. */
  home: string;
  version: string;
  isSandbox: boolean;
  session?: Session;
}

export interface Page {
  title: string;
  body: Html;
  /** The browser loads the page again after this many seconds. */
  refresh?: number;
}

export function layout({ title, body, refresh }: Page, frame: Frame): Html {
  const { home, version, isSandbox, session } = frame;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${refresh !== undefined && html`<meta http-equiv="refresh" content="${refresh}">`}
<title>${title} · pgfleet</title>
<link rel="stylesheet" href="${home}/style.css?v=${encodeURIComponent(version)}">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<a class="brand" href="${home}">pgfleet <span>approvals</span></a>
${session && html`<a class="board" href="${home}/board">Fleet board</a>${person(session, home)}`}
</header>
${isSandbox && html`<p class="sandbox">Sandbox: these instances exist in memory only, and nothing here is real.</p>`}
<main id="main" tabindex="-1">
${body}
</main>
<footer>pgfleet ${version} · times are UTC</footer>
</body>
</html>`;
}

const person = ({ principal, form }: Session, home: string): Html => html`<form class="person" method="post"
action="${home}/sign-out">${formToken(form)}<span>Signed in as <bdi>${shown(principal.name, 60)}</bdi></span>
<button class="quiet">Sign out</button></form>`;

/** Shows that a form came from this page and this session. */
export const formToken = (form: string): Html => html`<input type="hidden" name="form" value="${form}">`;

/** One message, with links to continue. */
export function message(title: string, text: string, links: readonly Link[]): Page {
  const body = html`<h1>${title}</h1>
<p>${text}</p>
<ul class="onward">${links.map(({ to, label }) => html`<li><a href="${to}">${label}</a></li>`)}</ul>`;
  return { title, body };
}

interface Link {
  to: string;
  label: string;
}
