import { Webhook } from 'standardwebhooks';
import type { Values } from '../../values/values.js';
import type { HookEvent } from './event.js';
import { type HookShape, type HookTarget, keysIn } from './target.js';
import { linkWords, sentenceOf } from './wording.js';

/** An event as it is sent to one target. */
export interface HookMessage {
  headers: Record<string, string>;
  body: string;
}

type Shaping = (event: HookEvent, target: Pick<HookTarget, 'language'>) => Values;

const bodies: Record<HookShape, Shaping> = {
  standard: ({ type, time, data, link }) => ({ type, timestamp: time, data: { ...data, ...(link && { link }) } }),

  // Plain text is taken as it is, so that no name can be a link or call for somebody.
  slack(event, { language }) {
    const text = sentenceOf(event, language);
    const link = event.link && { type: 'mrkdwn', text: `<${event.link}|${linkWords[language]}>` };
    return {
      text: text.replaceAll('&', '&amp;'),
      blocks: [
        { type: 'section', text: { type: 'plain_text', text, emoji: false } },
        ...(link ? [{ type: 'section', text: link }] : []),
      ],
    };
  },

  // Runs of text are not read as Markdown, which those of a text block are.
  teams(event, { language }) {
    const text = sentenceOf(event, language);
    const content = {
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.4',
      body: [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] }],
      actions: event.link ? [{ type: 'Action.OpenUrl', title: linkWords[language], url: event.link }] : [],
    };
    return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] };
  },
};

/** Writes and signs an event. The time of the try is a part of the signature, and the id is the same on every try. */
export function messageFor(event: HookEvent, target: HookTarget, now: number): HookMessage {
  const body = JSON.stringify(bodies[target.shape](event, target));
  const time = new Date(now);
  const keys = keysIn(target.key);
  const signatures = keys.map((key) => new Webhook(key).sign(event.id, time, body));
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': event.id,
      'webhook-timestamp': String(Math.floor(now / 1000)),
      ...(keys.length > 0 && { 'webhook-signature': signatures.join(' ') }),
    },
  };
}
