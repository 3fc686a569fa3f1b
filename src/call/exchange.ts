import type { Tool } from '../define/index.js';
import type { Account } from '../providers/account.js';
import { type ApiRequest, type Provider, ProviderError } from '../providers/provider.js';
import { type HttpRequest, type HttpResponse, type Send, WireError } from '../providers/wire/http.js';
import { type Redact, redactor } from '../values/redact.js';
import { type Values } from '../values/values.js';
import { buildRequest, pathOf } from './build-request.js';
import type { Caller } from './caller.js';

/** An account, how to reach it, and what was learned about it so far. */
export interface Connection {
  account: Account;
  /** The title for people: the product, and the account if that has a name of its own. */
  title: string;
  provider: Provider;
  send: Send;
  /** Removes the account's keys and tokens, and the secrets that a call brought. */
  redact: (secrets?: readonly string[]) => Redact;
  /** The path of a tool that has two, once the provider has answered at one of them. */
  workingPaths: Map<string, string>;
}

export const openConnection = (way: Pick<Connection, 'account' | 'title' | 'provider' | 'send'>): Connection => ({
  ...way,
  redact: redactor(() => way.provider.secrets()),
  workingPaths: new Map(),
});

/** The call that an exchange is a part of. */
export type ExchangeOptions = Pick<Caller, 'signal' | 'traceContext'>;

/** Makes one request and returns its answer: build, sign, send, unwrap. */
export async function exchange(
  tool: Tool,
  input: Values,
  connection: Connection,
  part?: ExchangeOptions,
): Promise<Values> {
  const { otherPath } = tool;
  const { workingPaths } = connection;
  const askAt = (path: string) => ask(tool, input, path, connection, part);
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
    if (!isRefusal(error)) throw error;
    // The refusal of the first path is the documented one, so it is told when both refuse.
    return at(otherPath).catch(() => Promise.reject(error));
  }
}

/** Whether the provider may know another path. Neither missing rights nor a service that is busy speak of the path. */
const isRefusal = (error: unknown): boolean => error instanceof ProviderError && !notAboutThePath.has(error.kind);

const notAboutThePath: ReadonlySet<string> = new Set(['unauthenticated', 'forbidden', 'too_fast', 'unavailable']);

/** A request whose token was refused did nothing, so it is sent once more with a new token, even if it is a change. */
async function ask(
  tool: Tool,
  input: Values,
  path: string,
  connection: Connection,
  { signal, traceContext }: ExchangeOptions = {},
): Promise<Values> {
  const { provider, send } = connection;
  const request = buildRequest(tool, input, path);
  const signed = await sign(provider, request);
  const response = await send({ ...signed, traceContext }, signal);
  try {
    return unwrap(connection, response);
  } catch (error) {
    const expired = error instanceof ProviderError && error.kind === 'unauthenticated';
    if (!expired || !provider.invalidateToken(signed)) throw error;
    return unwrap(connection, await send({ ...(await sign(provider, request)), traceContext }, signal));
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
