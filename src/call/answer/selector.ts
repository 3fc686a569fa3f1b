import { createContext, Script } from 'node:vm';
import { compile, search } from '@jmespath-community/jmespath';
import { sanitizeText } from '../../values/sanitize-text.js';
import type { Values } from '../../values/values.js';
import { InputError } from '../errors.js';

/** A part of an answer, as a JMESPath expression wants it. */
export type Selector = (answer: Values) => { selected: unknown; note?: string };

const longestExpression = 500;

/** An expression can multiply what it is given, so it is stopped. The usual one takes less than a millisecond. */
const longestMilliseconds = 1_000;

/** Checks an expression before anything is sent. Throws an `InputError` for one that is too long or cannot be read. */
export function selectorOf(given: string): Selector {
  if (given.length > longestExpression)
    throw new InputError([`select: it has more than ${longestExpression} characters.`]);
  const expression = withTextsQuoted(given);
  try {
    compile(expression);
  } catch (error) {
    throw new InputError([`select: it is no JMESPath expression (${reason(error)}).`]);
  }
  return (answer) => {
    try {
      const selected = stoppable(() => search(answer as Parameters<typeof search>[0], expression));
      return selected === null || selected === undefined
        ? { selected: null, note: `select found nothing. The answer has: ${Object.keys(answer).join(', ')}.` }
        : { selected };
    } catch (error) {
      return { selected: null, note: `select could not be applied to this answer: ${reason(error)}.` };
    }
  };
}

const quotedOrLiteral = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`((?:[^`\\]|\\.)*)`/g;

/** JMESPath once took a text between backticks, and many still write it so; today only JSON stands there. */
const withTextsQuoted = (expression: string): string =>
  expression.replace(quotedOrLiteral, (whole, literal?: string) =>
    literal === undefined || isJson(literal) ? whole : `'${literal.replaceAll("'", "\\'")}'`,
  );

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const reason = (error: unknown): string =>
  sanitizeText(error instanceof Error ? error.message : String(error), 200).replace(/\.$/, '');

/** Whatever a script calls is stopped with it. */
function stoppable<T>(work: () => T): T {
  let result: { value: T } | undefined;
  const context = createContext({ run: () => void (result = { value: work() }) });
  new Script('run()').runInContext(context, { timeout: longestMilliseconds });
  if (!result) throw new Error('it gave nothing');
  return result.value;
}
