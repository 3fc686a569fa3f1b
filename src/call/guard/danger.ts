import {
  type Condition,
  type Danger,
  isGuarded,
  type Lower,
  type Risk,
  severity,
  type Tool,
} from '../../define/index.js';
import { valuesAt } from '../../values/json-path.js';
import { type Values } from '../../values/values.js';

/** How dangerous this call is, by its tool and its arguments. Undefined when nobody has to be asked. */
export function dangerOf(tool: Tool, input: Values): Danger | undefined {
  const own =
    isGuarded(tool.risk) && !tool.lowers?.some((lower) => lowered(tool, lower, input)) ? [ownDanger(tool)] : [];
  const raised = (tool.raises ?? []).filter((raise) => isMet(raise, input));
  const all: readonly (Danger | undefined)[] = [...own, ...raised];
  return all.reduce(
    (worst, each) => (each && (!worst || severity(each.risk) > severity(worst.risk)) ? each : worst),
    undefined,
  );
}

/** The risk of this call, for records and refusals. */
export const riskOf = (tool: Tool, input: Values): Risk =>
  dangerOf(tool, input)?.risk ?? (tool.risk === 'read' ? 'read' : 'write');

function ownDanger({ risk, warning, undo }: Tool): Danger | undefined {
  return isGuarded(risk) && warning !== undefined && undo !== undefined ? { risk, warning, undo } : undefined;
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
