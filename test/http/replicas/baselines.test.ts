import { expect, test } from 'vitest';
import { connectHttp } from '../support/connect-http.js';
import { startPair } from './pair.js';

test('what is saved at one replica is compared with at the other, and read there', async () => {
  const { a, b } = await startPair({ fleet: { providers: ['nhn'], scenario: 'quiet' } });
  const first = await connectHttp({ url: a.url });
  const second = await connectHttp({ url: b.url });
  const saved = await first.call('fleet_compare', { save: 'friday' });
  expect(saved.text).toContain('Saved as friday, 6 instances');
  const { isError, text } = await second.call('fleet_compare', { baseline: 'friday' });
  expect(isError, text).toBe(false);
  expect(text).toContain('nothing differs');
  const { contents } = await second.client.readResource({ uri: 'pgfleet://baselines/friday' });
  expect(JSON.parse((contents[0] as { text: string }).text)).toMatchObject({ saved: expect.any(String) });
});
