import { expect, test } from 'vitest';
import { createEmulator } from '../../src/emulator/index.js';
import { clientCredentials } from '../../src/providers/client-credentials.js';
import { type HttpRequest, type Send, WireError } from '../../src/providers/wire/http.js';
import { repeating } from './way.js';

const request = (repeatable: boolean): HttpRequest => ({ method: 'GET', url: 'http://x/', headers: {}, repeatable });

/** Answers one after the other: a status, or a failure of the wire. */
function answering(...answers: (number | WireError)[]): Send {
  const left = [...answers];
  return async () => {
    const answer = left.shift();
    if (answer instanceof WireError) throw answer;
    return { status: answer ?? 200, headers: {}, body: '' };
  };
}

const cut = () => new WireError('cut', true, 'It broke.');
const tooLarge = () => new WireError('too_large', true, 'It is too large.');
const tries: [string, boolean, (number | WireError)[], string[]][] = [
  ['a good answer', true, [200], []],
  ['an answer that says no', true, [404], []],
  ['two stumbles and a good answer', true, [503, cut(), 200], ['503', 'cut']],
  ['nothing but stumbles', true, [500, 502, 504, 429], ['500', '502', '504']],
  ['a failure that stays', true, [tooLarge()], []],
  ['a stumble at what may not be repeated', false, [503], []],
];
test.each(tries)('of %s each try after the first is told, with its reason', async (_, repeatable, answers, reasons) => {
  const told: string[] = [];
  const sent = request(repeatable);
  const send = repeating(
    answering(...answers),
    (which, reason) => void told.push(which === sent ? reason : 'another request'),
  );
  await send(sent).catch(() => undefined);
  expect(told).toEqual(reasons);
});

test('a call that is cancelled between two tries is not told as one', async () => {
  const told: string[] = [];
  const cancel = new AbortController();
  const busy: Send = async () => {
    cancel.abort();
    return { status: 503, headers: {}, body: '' };
  };
  const send = repeating(busy, (_, reason) => void told.push(reason));
  await expect(send(request(true), cancel.signal)).rejects.toMatchObject({ failure: 'aborted' });
  expect(told).toEqual([]);
});

test('each token that the provider gives is told, and none that it refuses', async () => {
  const { send, environment } = createEmulator({ providers: ['nhn'], speed: 0 });
  const {
    NHN_TOKEN_URL: tokenUrl = '',
    NHN_ACCESS_KEY_ID: clientId = '',
    NHN_SECRET_ACCESS_KEY: key = '',
  } = environment;
  let told = 0;
  const tokenFor = (clientSecret: string) =>
    clientCredentials(
      { product: 'test', tokenUrl, clientId, clientSecret },
      send,
      () => 0,
      () => {
        told += 1;
      },
    );
  const token = tokenFor(key);
  const [first] = await Promise.all([token.get(), token.get()]);
  expect(told).toBe(1);
  token.drop(first);
  await token.get();
  expect(told).toBe(2);
  await expect(tokenFor('wrong').get()).rejects.toThrow('gave no token');
  expect(told).toBe(2);
});
