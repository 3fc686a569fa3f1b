import { html } from 'hono/html';
import type { SignInWays } from '../options.js';
import { type Frame, formToken, type Page } from './layout.js';
import type { Html } from './text.js';

export interface SignInContent {
  ways: SignInWays;
  /** The token of the form. */
  form: string;
  /** The request that the person wanted to see. */
  request?: string;
  fault?: string;
}

/** What can be typed here, and how a browser treats the field. */
const fields = {
  code: {
    label: 'One-time code',
    hint: 'The server printed it on its terminal when it started. It works once.',
    type: 'text',
    autocomplete: 'one-time-code',
  },
  token: {
    label: 'Access token',
    hint: 'One that carries the scope pgfleet:approve.',
    type: 'password',
    autocomplete: 'off',
  },
} as const;

export function signInPage({ ways, form, request, fault }: SignInContent, { home }: Frame): Page {
  const typed = (['code', 'token'] as const).filter((kind) => ways[kind]);
  const hidden = html`${formToken(form)}${request && html`<input type="hidden" name="request" value="${request}">`}`;
  const field = (kind: keyof typeof fields): Html => {
    const { label, hint, type, autocomplete } = fields[kind];
    return html`<form class="answer" method="post" action="${home}/sign-in">${hidden}
<label for="${kind}">${label}</label><p class="hint" id="${kind}-hint">${hint}</p>
<input id="${kind}" name="${kind}" type="${type}" autocomplete="${autocomplete}" required autocapitalize="none"
spellcheck="false" aria-describedby="${kind}-hint">
<button class="${ways.issuer ? '' : 'go'}">Sign in</button></form>`;
  };
  const body = html`<h1>Sign in</h1>
<p>Calls that could do harm wait here for a person who may approve them.</p>
${fault && html`<p class="fault" role="alert">${fault}</p>`}
${
  ways.issuer &&
  html`<p><a class="button go" href="${home}/sign-in/issuer${request && `?request=${request}`}">Sign in with
your organisation</a></p>`
}
<div class="answers">${typed.map(field)}</div>`;
  return { title: 'Sign in', body };
}
