import { type Values } from '../values/values.js';
import { clientCredentials } from './client-credentials.js';
import { clockHint } from './clock.js';
import { notTheEnvelope, plainText, readList, readObject, statusFacts } from './gateway.js';
import { type Jobs, type Provider, ProviderError, type ProviderOptions } from './provider.js';
import { productOf, type SettingsOf } from './settings.js';
import type { HttpResponse } from './wire/http.js';

export interface CegedimOptions extends ProviderOptions, SettingsOf<'cegedim'> {}

const product = productOf('cegedim');

/** cegedim.cloud's API dialect, as in its ITCare API reference and its pages on authentication, errors and actions. */
export function cegedim(options: CegedimOptions): Provider {
  const { baseUrl, tokenUrl, clientId, clientSecret, send, now, onRenewed } = options;
  const token = clientCredentials({ product, tokenUrl, clientId, clientSecret }, send, now, onRenewed);
  return {
    name: 'cegedim',
    product,
    jobs,
    signIn: () => token.get(),
    async sign({ method, path, query, body, contentType, repeatable }) {
      return {
        method,
        url: `${baseUrl.replace(/\/$/, '')}${path}${queryText(query)}`,
        headers: {
          authorization: `Bearer ${await token.get()}`,
          // Every documented example accepts any type. Creating has its own content type.
          accept: '*/*',
          ...(body && { 'content-type': contentType }),
        },
        body: body && withNumericIds(JSON.stringify(body)),
        repeatable,
      };
    },
    unwrap: (response) => unwrap(response, now()),
    invalidateToken({ headers }) {
      token.drop((headers['authorization'] ?? '').replace('Bearer ', ''));
      return true;
    },
    secrets: () => [clientSecret, ...token.secrets()],
  };
}

/** Ids that are kept as text, because a number would not be exact, are sent as the numbers that they are. */
const withNumericIds = (json: string): string => json.replace(/("\w*[iI]d":)"([1-9]\d{15,18})"/g, '$1$2');

/** A list repeats its key. The documents describe no other way. */
function queryText(query: Values): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((item): [string, string] => [name, String(item)]),
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

/**
 * There is no envelope: an object is the answer itself, and a list gets a name. An error code in an answer is a
 * failure, whatever its status. One in an item of a list is a fact about that item.
 */
function unwrap(response: HttpResponse, now: number): Values {
  const { status, body } = response;
  const items = readList(body);
  const answer = items ? { items } : readObject(body);
  if (status < 200 || status >= 300 || plainText(answer?.['errorCode'])?.trim()) throw refusalOf(response, now);
  if (!answer) throw notTheEnvelope(response, product, now);
  return answer;
}

/** What a status means by itself. Apart from 400, errors mostly come without a body. */
const meanings: Readonly<Record<number, string>> = {
  400: 'the request is not acceptable as it is',
  401: 'the token was not accepted',
  403: 'not permitted',
  404: 'no such resource',
  409: 'it conflicts with the present state; another action may still be running',
  422: 'the values do not fit together, or not this resource',
  500: 'no reason given',
  503: 'temporarily unavailable',
};

function refusalOf(response: HttpResponse, now: number): ProviderError {
  const { status, body, headers } = response;
  const said = readWords(body);
  const meaning = meanings[status];
  // Without a body, a documented status still has its meaning. Anything else comes from a gateway.
  if (!said && (body.trim() !== '' || !meaning)) return notTheEnvelope(response, product, now);
  const byStatus = statusFacts(response, now);
  // After an error in a success, the outcome is unknown.
  const mayHaveActed = status < 400 || byStatus.mayHaveActed;
  const code = said?.code ?? String(status);
  const hint = status === 401 ? clockHint(headers, now) : undefined;
  const reason = [said?.message ?? meaning ?? 'no reason given', hint].filter(Boolean).join('; ');
  const message = mayHaveActed ? `${product} failed with ${code}: ${reason.replace(/\.$/, '')}.` : reason;
  return new ProviderError(byStatus.kind ?? 'refused', message, { ...byStatus, code, mayHaveActed });
}

/** The documented body of an error. `errorDesc` may only hold the name of a field that is in the message too. */
function readWords(body: string): { code?: string; message?: string } | undefined {
  const { errorCode, errorMessage, errorDesc } = readObject(body) ?? {};
  const [code, message, detail] = [errorCode, errorMessage, errorDesc].map((value) =>
    plainText(value)?.trim() ? plainText(value) : undefined,
  );
  if (code === undefined && message === undefined) return undefined;
  if (message === undefined || detail === undefined || message.includes(detail)) {
    return { code, message: message ?? detail };
  }
  return { code, message: `${message} (${detail})` };
}

const states: Readonly<Record<string, 'running' | 'succeeded' | 'failed'>> = {
  IN_PROGRESS: 'running',
  SUCCESS: 'succeeded',
  ERROR: 'failed',
};

const jobs: Jobs = {
  // An accepted change answers with an action. It is inferred that jobs are asked for by its id, not by its internalId.
  idOf: ({ answer: { id } }) => (typeof id === 'number' || typeof id === 'string' ? String(id) : undefined),
  reads: (id) => [{ tool: 'cegedim_get_action', input: { actionId: id } }],
  stateOf: ([answer]) => {
    if (answer instanceof ProviderError) throw answer;
    const word = typeof answer?.['status'] === 'string' ? answer['status'] : 'none given';
    const state = states[word] ?? 'unknown';
    return state === 'failed'
      ? { state, word, hint: 'Its message may tell why; cegedim_get_instance shows how the instance is now.' }
      : { state, word };
  },
};
