import { type Condition, type Danger, isGuarded, type Lower, type Tool } from '../../define/index.js';
import { valuesAt } from '../../values/json-path.js';
import { type Values } from '../../values/values.js';

/** The dangers of a call whose effect does not depend on the present state, by its tool and its arguments. */
export function declaredDangers(tool: Tool, input: Values): Danger[] {
  const own = tool.lowers?.some((lower) => lowered(tool, lower, input)) ? [] : ownDanger(tool);
  return [...own, ...(tool.raises ?? []).filter((raise) => isMet(raise, input))];
}

function ownDanger({ risk, warning, undo, irreversible }: Tool): Danger[] {
  return isGuarded(risk) && warning !== undefined && undo !== undefined ? [{ risk, warning, undo, irreversible }] : [];
}

function isMet(condition: Condition, input: Values): boolean {
  if ('given' in condition) return valuesAt(input, condition.given).some((value) => value !== undefined);
  return Object.entries(condition.when).every(([path, value]) => valuesAt(input, path).includes(value));
}

/** Names of the target are always allowed, because they change nothing. */
function lowered(tool: Tool, lower: Lower, input: Values): boolean {
  if ('when' in lower) return isMet(lower, input);
  const harmless = new Set([...lower.onlyGiven, ...[...tool.route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)]);
  return Object.keys(input).every((name) => input[name] === undefined || harmless.has(name));
}
