import type { FieldChange } from '../../define/index.js';
import { describeRanges } from '../../values/admission.js';
import { quoteText } from '../../values/sanitize-text.js';
import { type Values } from '../../values/values.js';

/** What is in changes, for sentences, by the field. */
export function wordsOfChanges(changes: readonly FieldChange[]): Values {
  const of = (text: (change: FieldChange) => string) =>
    Object.fromEntries(changes.map((change) => [change.field, text(change)]));
  return {
    before: of(({ before, unknown }) => (unknown === undefined ? valueText(before) : 'an unknown value')),
    after: of(({ after }) => valueText(after)),
    removed: of(({ removed }) => valueText(removed)),
    gained: of(({ admits }) => whoText(admits?.gained)),
    lost: of(({ admits }) => whoText(admits?.lost)),
  };
}

const valueText = (value: unknown): string =>
  [value ?? 'none']
    .flat()
    .map((each) => quoteText(typeof each === 'string' ? each : JSON.stringify(each)))
    .join(', ') || 'none';

/** Long lists are among the changes of the plan, where nothing is cut. */
function whoText(who: NonNullable<FieldChange['admits']>['gained'] | undefined): string {
  if (!who) return 'addresses that are not known';
  const texts = describeRanges([...who.ranges, ...who.unjudged]);
  const rest = texts.length - mostRanges;
  return rest > 1 ? `${texts.slice(0, mostRanges).join(', ')} and ${rest} more ranges` : texts.join(', ') || 'nobody';
}

const mostRanges = 3;
