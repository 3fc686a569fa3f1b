import { expect, test } from 'vitest';
import { connectHttp } from '../../http/support/connect-http.js';
import { policyOf, tokensFor } from '../../http/support/people.js';
import { startHttp } from '../../http/support/start-http.js';
import { startFleet } from '../../support/fleet.js';

const uri = 'pgfleet://baselines/friday';

test('a saved state tells nobody of what they may not see, and is closed to those who may not compare', async () => {
  const { env, tokens } = tokensFor({ oncall: {}, guest: { groups: ['guests'] }, trainee: { groups: ['trainees'] } });
  const policy = policyOf({
    rules: [
      { effect: 'deny', caller: { groups: ['guests'] }, instances: ['orders-*'] },
      { effect: 'deny', caller: { groups: ['trainees'] }, tools: ['fleet_compare'] },
    ],
  });
  const fleet = await startFleet({ providers: ['nhn'] });
  const { url } = await startHttp({ fleet, env: { ...env, ...policy } });
  const as = (who: keyof typeof tokens) => connectHttp({ url, token: tokens[who] });
  const oncall = await as('oncall');
  expect((await oncall.call('fleet_compare', { save: 'friday' })).text).toContain('6 instances');
  const textFor = async ({ client }: Awaited<ReturnType<typeof as>>) =>
    ((await client.readResource({ uri })).contents[0] as { text: string }).text;
  expect(await textFor(oncall)).toContain('orders-primary');

  const guest = await as('guest');
  const seen = await textFor(guest);
  expect(seen).toContain('analytics');
  expect(seen).not.toContain('orders-');
  const compared = await guest.call('fleet_compare', { baseline: 'friday' });
  expect(compared.isError, compared.text).toBe(false);
  expect(compared.text).not.toMatch(/orders-|gone since then/);

  const trainee = await as('trainee');
  expect((await trainee.call('fleet_compare', { baseline: 'friday' })).isError).toBe(true);
  expect((await trainee.client.listResources()).resources.map((each) => each.uri)).not.toContain(uri);
  await expect(trainee.client.readResource({ uri })).rejects.toThrow();
});
