import { html } from 'hono/html';
import type { SignInWays } from '../options.js';
import type { Html } from '../words/text.js';
import { type Frame, formToken, type Page } from './layout.js';

export interface SignInContent {
  ways: SignInWays;
  /** The token of the form. */
  form: string;
  /** The request that the person wanted to see. */
  request?: string;
  fault?: string;
}

/** How a browser treats what can be typed here. */
const fields = {
  code: { type: 'text', autocomplete: 'one-time-code' },
  token: { type: 'password', autocomplete: 'off' },
} as const;

export function signInPage({ ways, form, request, fault }: SignInContent, { home, words }: Frame): Page {
  const { signIn: said } = words;
  const typed = (['code', 'token'] as const).filter((kind) => ways[kind]);
  const hidden = html`${formToken(form)}${request && html`<input type="hidden" name="request" value="${request}">`}`;
  const field = (kind: keyof typeof fields): Html => {
    const { label, hint } = said[kind];
    const { type, autocomplete } = fields[kind];
    return html`<form class="answer" method="post" action="${home}/sign-in">${hidden}
<label for="${kind}">${label}</label><p class="hint" id="${kind}-hint">${hint}</p>
<input id="${kind}" name="${kind}" type="${type}" autocomplete="${autocomplete}" required autocapitalize="none"
spellcheck="false" aria-describedby="${kind}-hint">
<button class="${ways.issuer ? '' : 'go'}">${said.button}</button></form>`;
  };
  const body = html`<h1>${said.title}</h1>
<p>${said.lead}</p>
${fault && html`<p class="fault" role="alert">${fault}</p>`}
${
  ways.issuer &&
  html`<p><a class="button go" href="${home}/sign-in/issuer${request && `?request=${request}`}">
${said.organisation}</a></p>`
}
<div class="answers">${typed.map(field)}</div>`;
  return { title: said.title, body };
}
