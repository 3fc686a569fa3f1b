import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import type { HookEvent } from '../../../src/observe/hooks/event.js';
import { messageFor } from '../../../src/observe/hooks/message.js';
import { type HookTarget, hookEventTypes, hookLanguages } from '../../../src/observe/hooks/target.js';
import { hookKey } from './receiver.js';

const target: HookTarget = {
  name: 'ops',
  url: 'https://hooks.example/',
  key: hookKey,
  events: hookEventTypes,
  shape: 'standard',
  language: 'en',
  allow: [],
};
const event: HookEvent = {
  id: 'evt_1',
  type: 'approval.requested',
  time: '2026-11-28T08:00:00.000Z',
  account: 'nhn',
  instances: ['nhn:a'],
  data: {
    request: 'r1',
    tool: 'nhn_restart_db_instance',
    account: 'nhn',
    risk: 'disruptive',
    target: 'orders <!channel> [x](http://evil.example) & co',
    caller: 'kim',
    expires: '2026-11-28T09:00:00.000Z',
  },
  link: 'https://pgfleet.example/approvals/r1',
};

test('each try is signed anew, with the same id', () => {
  const now = Date.now();
  const [first, second] = [messageFor(event, target, now), messageFor(event, target, now + 60_000)];
  for (const { body, headers } of [first, second])
    expect(new Webhook(hookKey).verify(body, headers)).toMatchObject({
      type: 'approval.requested',
      timestamp: event.time,
      data: { request: 'r1', link: event.link },
    });
  expect(first.headers['webhook-id']).toBe(second.headers['webhook-id']);
  expect(first.headers['webhook-signature']).not.toBe(second.headers['webhook-signature']);
});

test('with two keys a receiver verifies by the former and by the new one', () => {
  const next = `whsec_${Buffer.from('another key of thirty-two bytes!').toString('base64')}`;
  const { body, headers } = messageFor(event, { ...target, key: `${hookKey}\n${next}` }, Date.now());
  for (const key of [hookKey, next]) expect(new Webhook(key).verify(body, headers)).toHaveProperty('type', event.type);
  const other = `whsec_${Buffer.from('a key that nobody has configured').toString('base64')}`;
  expect(() => new Webhook(other).verify(body, headers)).toThrow();
});

test('in Slack a name is plain text, and the link leads to the page', () => {
  const { body, headers } = messageFor(event, { ...target, shape: 'slack', key: undefined }, 0);
  const { text, blocks } = JSON.parse(body);
  expect(blocks[0].text).toMatchObject({
    type: 'plain_text',
    text: expect.stringContaining('nhn_restart_db_instance'),
  });
  expect(blocks[1].text).toEqual({ type: 'mrkdwn', text: `<${event.link}|Open the approval page>` });
  expect(text).not.toContain('<');
  expect(headers['webhook-signature']).toBeUndefined();
});

test('in Teams it is a run of text in a card, with a button to the page, in Korean as well', () => {
  const { body } = messageFor(event, { ...target, shape: 'teams', language: 'ko' }, 0);
  const [{ contentType, content }] = JSON.parse(body).attachments;
  expect(contentType).toBe('application/vnd.microsoft.card.adaptive');
  expect(content.body[0].inlines[0]).toMatchObject({
    type: 'TextRun',
    text: expect.stringContaining('승인을 기다리는'),
  });
  expect(content.actions).toEqual([{ type: 'Action.OpenUrl', title: '승인 페이지 열기', url: event.link }]);
});

const facts = {
  ...event.data,
  target: 'orders',
  state: 'approved',
  by: 'lee',
  finding: 'f',
  title: 'Disk full',
  severity: 'critical',
};
const data = { ...facts, instance: 'nhn:a', name: 'orders', job: 'nhn:j', number: 7, event: 'attempt', outcome: '' };

test.each(hookLanguages.flatMap((language) => hookEventTypes.map((type) => [language, type] as const)))(
  'in %s an event %s is one whole sentence',
  (language, type) => {
    const { body } = messageFor({ ...event, type, data }, { ...target, shape: 'slack', language }, 0);
    const { text } = JSON.parse(body);
    expect(text).toMatch(/^\S.*\S$/);
    expect(text).not.toMatch(/undefined|null|\(\)|\s{2}/);
    expect(/[\uac00-\ud7a3]/.test(text)).toBe(language === 'ko');
  },
);
