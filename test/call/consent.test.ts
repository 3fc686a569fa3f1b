import { describe, expect, test } from 'vitest';
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
const [me, you] = [{ id: 'me' }, { id: 'you' }];
const key = new Uint8Array(32).fill(7);

/** Consents with a clock that the test turns. */
function clocked({ secret = key } = {}) {
  let time = Date.parse('2026-01-01T00:00:00Z');
  const now = () => time;
  const store = inMemory(now);
  const made = consents({ key: secret, store, now, random: systemRandom });
  return {
    seal: made.seal.bind(made),
    open: made.open.bind(made),
    burn: made.burn.bind(made),
    /** What is kept of the plans that wait. */
    kept: () => store.list('consent'),
    put: (id: string, next: string) => store.compareAndSet('consent', id, { next, expires: time + 600_000 }),
    pass: (seconds: number) => {
      time += seconds * 1000;
    },
  };
}

describe.each(['token', 'form'] as const)('asked for by a %s', (channel) => {
  const asked = { ...consent, channel };

  test('a consent comes back as it was sealed, and hides what it holds', async () => {
    const { seal, open, kept } = clocked();
    const { token, expires } = await seal(asked);
    expect(await open(token, me, channel)).toMatchObject(asked);
    expect(expires).toBe(Date.parse('2026-01-01T00:10:00Z'));
    const texts = [token, ...(await kept()).values()].flatMap((text) => text.split('.'));
    const read = texts.map((part) => Buffer.from(part, 'base64url').toString('latin1')).join(' ');
    for (const word of ['hidden', 'x_remove_thing']) expect(read).not.toContain(word);
  });

  test('it lasts for its lifetime and not longer', async () => {
    const { seal, open, pass } = clocked();
    const { token } = await seal(asked, 60);
    pass(59);
    await expect(open(token, me, channel)).resolves.toMatchObject({ tool: 'x_remove_thing' });
    pass(2);
    await expect(open(token, me, channel)).rejects.toThrow('expired');
  });

  test('it holds for its caller and session', async () => {
    const { seal, open } = clocked();
    const { token } = await seal({ ...asked, session: 's' });
    await expect(open(token, { ...you, session: 's' }, channel)).rejects.toThrow('another caller');
    for (const session of ['t', undefined])
      await expect(open(token, { ...me, session }, channel)).rejects.toThrow('another session');
    await expect(open(token, { ...me, session: 's' }, channel)).resolves.toMatchObject({ session: 's' });
  });

  test('it works once, however many try at the same time', async () => {
    const { seal, open, burn } = clocked();
    const { token } = await seal(asked);
    const opened = await open(token, me, channel);
    const tries = await Promise.allSettled([burn(opened), burn(opened), burn(opened)]);
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(open(token, me, channel)).rejects.toThrow('used');
  });

  test('two consents for the same call are two', async () => {
    const { seal, open, burn } = clocked();
    const [one, other] = [await seal(asked), await seal(asked)];
    await burn(await open(one.token, me, channel));
    await expect(burn(await open(other.token, me, channel))).resolves.toBeUndefined();
  });

  test('it counts in no other way', async () => {
    const { seal, open } = clocked();
    const { token } = await seal(asked);
    for (const other of ['token', 'form', 'person'] as const)
      if (other !== channel) await expect(open(token, me, other)).rejects.toThrow('Nothing was sent');
  });
});

test('the state of a form that was made with another key, or changed, is refused', async () => {
  const form = { ...consent, channel: 'form' as const };
  const { token } = await clocked({ secret: new Uint8Array(32).fill(8) }).seal(form);
  const { open, seal } = clocked();
  await expect(open(token, me, 'form')).rejects.toThrow('not one that was made here');
  const [head, ...rest] = (await seal(form)).token.split('.');
  await expect(open([head, ...rest.toReversed()].join('.'), me, 'form')).rejects.toThrow('not one that was made here');
  for (const text of ['', 'x', 'a.b.c', 'a.b.c.d.e']) await expect(open(text, me, 'form')).rejects.toThrow('made here');
});

describe('a token', () => {
  const spellings: [string, (token: string) => string][] = [
    ['as it is', (token) => token],
    ['in lower case', (token) => token.toLowerCase()],
    ['with O, I and l for 0 and 1', (token) => token.replaceAll('0', 'o').replace('1', 'I').replaceAll('1', 'l')],
    ['with hyphens and spaces around it', (token) => ` ${token.slice(0, 5)}-${token.slice(5)} `],
  ];
  test.each(spellings)('has ten characters of Crockford, and is read %s', async (_, spelled) => {
    const { seal, open } = clocked();
    const tokens = await Promise.all(Array.from({ length: 50 }, async () => (await seal(consent)).token));
    expect(new Set(tokens).size).toBe(50);
    for (const token of tokens) {
      expect(token).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
      expect(await open(spelled(token), me, 'token')).toMatchObject(consent);
    }
  });

  test.each(['', 'x', 'UUUUUUUUUU', '0123456789A', '../../key', 'ÀBCDEFGHJK'])(
    'that reads %j is none',
    async (text) => {
      await expect(clocked().open(text, me, 'token')).rejects.toThrow('no such confirmation');
    },
  );

  test('makes its caller wait after ten wrong ones within a minute, and nobody else', async () => {
    const { seal, open, pass } = clocked();
    const [mine, yours] = [await seal(consent), await seal({ ...consent, caller: 'you' })];
    const guess = async () => open('0000000000', me, 'token');
    for (let tries = 0; tries < 9; tries += 1) await expect(guess()).rejects.toThrow('no such confirmation');
    // The token of another caller is as wrong as a guess.
    await expect(open(yours.token, me, 'token')).rejects.toThrow('another caller');
    await expect(open(mine.token, me, 'token')).rejects.toThrow('Wait a minute');
    await expect(open(yours.token, you, 'token')).resolves.toMatchObject({ caller: 'you' });
    pass(60);
    await expect(open(mine.token, me, 'token')).resolves.toMatchObject({ caller: 'me' });
  });

  test('is not found by more guesses at the same time', async () => {
    const { open } = clocked();
    const guesses = Array.from({ length: 30 }, async () => open('0000000000', me, 'token'));
    const said = (await Promise.allSettled(guesses)).map((each) => String('reason' in each && each.reason));
    expect(said.filter((text) => text.includes('no such confirmation'))).toHaveLength(10);
    expect(said.filter((text) => text.includes('Wait a minute'))).toHaveLength(20);
  });

  test('that is right, used or expired is not counted as wrong', async () => {
    const { seal, open, burn, pass } = clocked();
    const [used, late] = [await seal(consent), await seal(consent, 60)];
    for (let tries = 0; tries < 12; tries += 1) await open(used.token, me, 'token');
    await burn(await open(used.token, me, 'token'));
    pass(60);
    for (let tries = 0; tries < 12; tries += 1) {
      await expect(open(used.token, me, 'token')).rejects.toThrow('used already');
      await expect(open(late.token, me, 'token')).rejects.toThrow('expired');
    }
  });

  test('that somebody wrote into the store, or put in the place of another, is none', async () => {
    const { seal, open, kept, put } = clocked();
    const { token } = await seal(consent);
    const [sealed = ''] = [...(await kept()).values()];
    await put('0000000000', sealed);
    await expect(open('0000000000', me, 'token')).rejects.toThrow('no such confirmation');
    const forger = clocked({ secret: new Uint8Array(32).fill(8) });
    const forged = await forger.seal(consent);
    await put(forged.token, [...(await forger.kept()).values()][0] ?? '');
    await expect(open(forged.token, me, 'token')).rejects.toThrow('not one that was made here');
    await expect(open(token, me, 'token')).resolves.toMatchObject(consent);
  });

  test('is made for as many plans of one caller as anybody answers, and no more', async () => {
    const { seal, kept } = clocked();
    for (let plans = 0; plans < 500; plans += 1) await seal(consent);
    await expect(seal(consent)).rejects.toThrow('500 plans');
    expect((await kept()).size).toBe(500);
    await expect(seal({ ...consent, caller: 'you' })).resolves.toBeDefined();
  });
});
