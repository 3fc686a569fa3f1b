import { html } from 'hono/html';
import type { Session } from '../sessions.js';
import type { PageWords, Told } from '../words/page-words.js';
import { type Html, type Moment, shown } from '../words/text.js';

/** What every page needs to know. */
export interface Frame extends Moment {
  /** The path of the list. All other paths begin with it. */
  home: string;
  version: string;
  isSandbox: boolean;
  session?: Session;
  words: PageWords;
  /** The page below the list that was asked for, which choosing a language leads back to. */
  path: string;
}

export interface Page {
  title: string;
  body: Html;
  /** The browser loads the page again after this many seconds. */
  refresh?: number;
}

export function layout({ title, body, refresh }: Page, frame: Frame): Html {
  const { home, version, isSandbox, session, words } = frame;
  return html`<!doctype html>
<html lang="${words.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${refresh !== undefined && html`<meta http-equiv="refresh" content="${refresh}">`}
<title>${title} · pgfleet</title>
<link rel="stylesheet" href="${home}/style.css?v=${encodeURIComponent(version)}">
</head>
<body>
<a class="skip" href="#main">${words.skip}</a>
<header class="top">
<a class="brand" href="${home}">pgfleet <span>${words.approvals}</span></a>
${session && html`<a class="board" href="${home}/board">${words.board}</a>${person(session, frame)}`}
</header>
${isSandbox && html`<p class="sandbox">${words.sandbox}</p>`}
<main id="main" tabindex="-1">
${body}
</main>
<footer><span>pgfleet ${version}</span>${language(frame)}</footer>
</body>
</html>`;
}

/** Leads to the same page in the other language, which is named in its own words. */
function language({ home, path, words }: Frame): Html {
  const [other, name] = words.lang === 'ko' ? ['en', 'English'] : ['ko', '한국어'];
  return html`<form method="post" action="${home}/language"><input type="hidden" name="back" value="${path}">
<button class="quiet" name="lang" value="${other}" lang="${other}">${name}</button></form>`;
}

const person = ({ principal, form }: Session, { home, words }: Frame): Html => html`<form class="person" method="post"
action="${home}/sign-out">${formToken(form)}
<span>${words.signedInAs(html`<bdi>${shown(principal.name, 60)}</bdi>`)}</span>
<button class="quiet">${words.signOut}</button></form>`;

/** Shows that a form came from this page and this session. */
export const formToken = (form: string): Html => html`<input type="hidden" name="form" value="${form}">`;

/** One message, with links to continue. */
export function message({ title, text }: Told, links: readonly Link[]): Page {
  const body = html`<h1>${title}</h1>
<p>${text}</p>
<ul class="onward">${links.map(({ to, label }) => html`<li><a href="${to}">${label}</a></li>`)}</ul>`;
  return { title, body };
}

interface Link {
  to: string;
  label: string;
}
