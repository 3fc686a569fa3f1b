import { expect, test } from 'vitest';
import { type Consent, consents } from '../../src/call/guard/consent.js';
import { systemRandom } from '../../src/cli/system.js';
import { inMemory } from '../../src/store/memory.js';

const consent: Consent = {
  tool: 'x_remove_thing',
  account: 'x',
  arguments: { id: 'a', password: 'hidden' },
  plan: 'hash',
  caller: 'me',
  channel: 'token',
};
const key = new Uint8Array(32).fill(7);

/** Consents with a clock that the test turns. */
function clocked({ secret = key } = {}) {
  let time = Date.parse('2026-01-01T00:00:00Z');
  const now = () => time;
  const made = consents({ key: secret, store: inMemory(now), now, newId: () => systemRandom.id() });
  return {
    seal: made.seal.bind(made),
    open: made.open.bind(made),
    burn: made.burn.bind(made),
    pass: (seconds: number) => {
      time += seconds * 1000;
    },
  };
}

test('a consent comes back as it was sealed, and hides what it holds', async () => {
  const { seal, open } = clocked();
  const { token, expires } = await seal(consent);
  expect(await open(token, 'me', 'token')).toMatchObject(consent);
  expect(expires).toBe(Date.parse('2026-01-01T00:10:00Z'));
  const parts = token.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
  for (const word of ['hidden', 'x_remove_thing']) expect(parts.join(' ')).not.toContain(word);
});

test('it lasts for its lifetime and not longer', async () => {
  const { seal, open, pass } = clocked();
  const { token } = await seal(consent, 60);
  pass(59);
  await expect(open(token, 'me', 'token')).resolves.toMatchObject({ tool: 'x_remove_thing' });
  pass(2);
  await expect(open(token, 'me', 'token')).rejects.toThrow('expired');
});

test('it holds for its caller', async () => {
  const { seal, open } = clocked();
  const { token } = await seal(consent);
  await expect(open(token, 'you', 'token')).rejects.toThrow('another caller');
});

test('it works once, however many try at the same time', async () => {
  const { seal, open, burn } = clocked();
  const { token } = await seal(consent);
  const opened = await open(token, 'me', 'token');
  const tries = await Promise.allSettled([burn(opened), burn(opened), burn(opened)]);
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(open(token, 'me', 'token')).rejects.toThrow('used');
});

test('two consents for the same call are two', async () => {
  const { seal, open, burn } = clocked();
  const [one, other] = [await seal(consent), await seal(consent)];
  await burn(await open(one.token, 'me', 'token'));
  await expect(burn(await open(other.token, 'me', 'token'))).resolves.toBeUndefined();
});

test('one made with another key, or changed, is refused', async () => {
  const { token } = await clocked({ secret: new Uint8Array(32).fill(8) }).seal(consent);
  const { open, seal } = clocked();
  await expect(open(token, 'me', 'token')).rejects.toThrow('not one that was made here');
  const [head, ...rest] = (await seal(consent)).token.split('.');
  await expect(open([head, ...rest.toReversed()].join('.'), 'me', 'token')).rejects.toThrow(
    'not one that was made here',
  );
  for (const text of ['', 'x', 'a.b.c', 'a.b.c.d.e'])
    await expect(open(text, 'me', 'token')).rejects.toThrow('made here');
});

test('a consent asked for by a form counts in no other way', async () => {
  const { seal, open } = clocked();
  const { token } = await seal({ ...consent, channel: 'form' });
  await expect(open(token, 'me', 'token')).rejects.toThrow('in the way in which it was asked for');
  expect(await open(token, 'me', 'form')).toMatchObject({ channel: 'form' });
});
