import type { PlanAnswer } from '../data/answers.js';
import { button, element, name } from '../element.js';
import { moment } from '../text/times.js';
import { headingOf, type Parts, section, type View } from './view.js';

interface PlanParts extends Parts {
  /** Epoch milliseconds. */
  now: number;
}

/** The plan of a call that waits for a yes, whole. There is nothing here to say yes with. */
export function planView({ status, plan, expires_at }: PlanAnswer, text: string, parts: PlanParts): View {
  const words = parts.words();
  const [title = '', ...lines] = planOf(text).split('\n');
  const heading = headingOf(name(title));
  const time = Date.parse(expires_at) <= parts.now ? words.expired : words.until(moment(expires_at, words.lang));
  return {
    heading,
    nodes: [
      element(
        'header',
        { class: `answer ${plan.risk}` },
        element('p', {}, element('strong', { class: `risk ${plan.risk}` }, plan.risk), ' ', words.plan),
        heading,
        element('p', {}, words.notSent, ' ', words.waitsFor[status], ' ', time),
      ),
      element(
        'ul',
        { class: 'plan' },
        lines.map((line) => element('li', {}, line)),
      ),
      section(words.fleet, button({ 'data-key': 'back' }, parts.openFleet, words.back)),
    ],
  };
}

/** What a person decides on. After it the answer says how to go on, with the token, which is for the assistant. */
const planOf = (text: string): string => text.slice(0, Math.max(0, text.lastIndexOf('\n\n'))) || text;

/** A text of its own, with the way to the fleet where there is one. */
export function messageView(title: string, text: string, parts: Parts | undefined): View {
  const heading = headingOf(title);
  const back = parts && button({ 'data-key': 'back' }, parts.openFleet, parts.words().back);
  return {
    heading,
    nodes: [heading, element('p', { class: 'message', role: 'status' }, text), ...(back ? [back] : [])],
  };
}
