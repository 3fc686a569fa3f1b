import type { Tool } from '../../define/index.js';
import type { Account } from '../../providers/account.js';
import { type ApiRequest, type Provider, ProviderError } from '../../providers/provider.js';
import { type AdaptiveLimit, adaptiveLimit } from '../../providers/wire/adaptive-limit.js';
import { answerMilliseconds, tokenMilliseconds } from '../../providers/wire/deadlines.js';
import { type HttpRequest, type HttpResponse, type Send, WireError } from '../../providers/wire/http.js';
import { type Clock, withDeadline } from '../../values/clock.js';
import { type Redact, redactor } from '../../values/redact.js';
import { type Values } from '../../values/values.js';
import type { Caller } from '../caller.js';
import { buildRequest, pathOf } from './build-request.js';

/** An account, how to reach it, and what was learned about it so far. */
export interface Connection {
  account: Account;
  /** The title for people: the product, and the account if that has a name of its own. */
  title: string;
  provider: Provider;
  send: Send;
  clock: Clock;
  /** Removes the account's keys and tokens, and the secrets that a call brought. */
  redact: (secrets?: readonly string[]) => Redact;
  /** The path of a tool that has two, once the provider has answered at one of them. */
  workingPaths: Map<string, string>;
  /** How many reads of the view over all accounts run side by side. */
  reads: AdaptiveLimit;
}

const mostReads = 16;

type Way = Pick<Connection, 'account' | 'title' | 'provider' | 'send' | 'clock'>;

export const openConnection = (way: Way): Connection => ({
  ...way,
  redact: redactor(() => way.provider.secrets()),
  workingPaths: new Map(),
  reads: adaptiveLimit(mostReads),
});

/** The call that an exchange is a part of. */
export type ExchangeOptions = Pick<Caller, 'signal' | 'traceContext'>;

/** Makes one request and returns its answer: build, sign, send, unwrap. All of it together has one deadline. */
export async function exchange(
  tool: Tool,
  input: Values,
  connection: Connection,
  part?: ExchangeOptions,
): Promise<Values> {
  const { otherPath } = tool;
  const { workingPaths, clock } = connection;
  const until = clock.now() + answerMilliseconds;
  const askAt = (path: string) => ask(buildRequest(tool, input, path), connection, { ...part, until });
  if (!otherPath) return askAt(pathOf(tool));
  const known = workingPaths.get(tool.name);
  if (known) return askAt(known);
  const at = async (path: string) => {
    const answer = await askAt(path);
    workingPaths.set(tool.name, path);
    return answer;
  };
  try {
    return await at(pathOf(tool));
  } catch (error) {
    if (!mayKnowAnother(error, otherPath.unless) || timeForAnother(until, clock) <= 0) throw error;
    // The refusal of the first path is the documented one, so it is told when both refuse.
    return at(otherPath.path).catch(() => Promise.reject(error));
  }
}

/** Whether a provider that refused one path may answer at another. Too many requests are too many at both. */
const mayKnowAnother = (error: unknown, unless: readonly string[]): boolean =>
  error instanceof ProviderError && error.kind !== 'too_fast' && !unless.includes(error.code);

/** A second request needs as much time as one has when its token came late. */
const timeForAnother = (until: number, clock: Clock): number =>
  until - (answerMilliseconds - tokenMilliseconds) - clock.now();

/** A request whose token was refused did nothing, so it is sent once more with a new token, even if it is a change. */
async function ask(
  request: ApiRequest,
  connection: Connection,
  { signal, traceContext, until }: ExchangeOptions & { until: number },
): Promise<Values> {
  const { provider, send, clock } = connection;
  const signed = await sign(provider, request);
  const response = await send({ ...signed, traceContext, until }, signal);
  try {
    return unwrap(connection, response);
  } catch (error) {
    const expired = error instanceof ProviderError && error.kind === 'unauthenticated';
    if (!expired || !provider.invalidateToken(signed)) throw error;
    const again = await withDeadline(clock, timeForAnother(until, clock), sign(provider, request), () => {
      const message = `${provider.product} refused the token, and no new one came in time.`;
      throw new WireError('timeout', false, message, { cause: error });
    });
    return unwrap(connection, await send({ ...again, traceContext, until }, signal));
  }
}

/** A provider's error may repeat what was sent, so keys and tokens are removed from it before anyone sees it. */
function unwrap({ provider, redact }: Connection, response: HttpResponse): Values {
  try {
    return provider.unwrap(response);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const clean = redact();
    const { kind, status, mayHaveActed, retryAfterSeconds } = error;
    const facts = { code: clean.text(error.code), status, mayHaveActed, retryAfterSeconds };
    throw new ProviderError(kind, clean.text(error.message), facts);
  }
}

/** Signing may need a token first. If getting it fails, the request itself was not sent. */
async function sign(provider: Provider, request: ApiRequest): Promise<HttpRequest> {
  try {
    return await provider.sign(request);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw new WireError(error.failure, false, error.message, { cause: error });
  }
}
