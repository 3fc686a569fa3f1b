import type { BuiltinTool } from '../call/builtin/builtin-tool.js';
import { builtinTools } from '../call/builtin/index.js';
import { type Effect, isGuarded, type Risk, severity, type Tool, type Toolset } from '../define/index.js';
import { shownOnBoard } from '../define/presentation.js';
import { fleetTools } from '../fleet/tools/index.js';
import { inspectTools } from '../fleet/tools/inside/index.js';
import { providerNames } from '../providers/settings.js';
import { loadToolset, type ToolEntry } from '../server/catalog.js';
import { isRecord, type Values } from '../values/values.js';
import { asksBy } from './list-asks.js';
import { portableSchema } from './portable-schema.js';

/** Builds the whole catalogue as `tools/list` announces it, from the declarations. */
export async function listTools(): Promise<ToolEntry[]> {
  const entries: ToolEntry[] = [...fleetTools, ...inspectTools, ...builtinTools].map(ownEntry);
  for (const provider of providerNames) {
    const toolset = await loadToolset(provider);
    if (!toolset) continue;
    for (const [group, tools] of Object.entries(toolset.groups))
      entries.push(...tools.toSorted(readsFirst).map((tool) => entryOf(tool, group, toolset)));
  }
  return entries;
}

/** Keeps the order the same wherever the list is made: by risk, from harmless to dangerous, then by name. */
const readsFirst = (a: Tool, b: Tool): number =>
  severity(a.risk) - severity(b.risk) || a.name.localeCompare(b.name, 'en');

function entryOf(tool: Tool, group: string, { provider, effects }: Toolset): ToolEntry {
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: portableSchema(tool.input, 'input') as ToolEntry['inputSchema'],
    annotations: {
      readOnlyHint: tool.risk === 'read',
      destructiveHint: isGuarded(tool.risk),
      idempotentHint: tool.risk === 'read' || tool.idempotent === true,
      openWorldHint: true,
    },
    // The plan of a guarded call is shown before it is confirmed.
    _meta: { 'anthropic/searchHint': searchHint(provider, tool), ...(isGuarded(tool.risk) && { ui: shownOnBoard }) },
    provider,
    group,
    risk: tool.risk,
    leastRisk: leastRisk(tool, effects[tool.name]),
    core: tool.core === true,
  };
}

/** The first thing that people say when they want it, in English. What nobody asks for is found by its title. */
const searchHint = (provider: string, { name, title }: { name: string; title: string }): string =>
  asksBy[provider]?.[name]?.en[0] ?? title;

/** A call whose dangers all depend on the present state can have none. */
function leastRisk({ risk }: Tool, { dangers }: Effect = {}): Risk {
  if (!dangers) return risk;
  const always = dangers.filter((danger) => danger.if === undefined).map((danger) => danger.risk);
  return always.toSorted((a, b) => severity(b) - severity(a))[0] ?? 'write';
}

function ownEntry(tool: Omit<BuiltinTool, 'run' | 'about'>): ToolEntry {
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: portableSchema(tool.input, 'input') as ToolEntry['inputSchema'],
    ...outputOf(tool),
    annotations: {
      readOnlyHint: tool.readOnly,
      destructiveHint: tool.destructive,
      idempotentHint: tool.idempotent,
      openWorldHint: true,
    },
    // Answers name these as the next step, so a host that looks tools up late has them from the start.
    _meta: {
      ...(!tool.isRare && { 'anthropic/alwaysLoad': true }),
      'anthropic/searchHint': searchHint('pgfleet', tool),
      ...(tool.ui && { ui: tool.ui }),
    },
    provider: 'pgfleet',
    group: tool.group ?? 'pgfleet',
    risk: tool.risk ?? (tool.readOnly ? 'read' : 'destructive'),
    // When another tool is called by a built-in one, that is authorized where it is done.
    leastRisk: tool.risk ?? 'read',
    ...(tool.scope && { scope: tool.scope }),
    core: !tool.isRare,
  };
}

/**
 * What every answer of the tool has. The schemas are open, so what may be missing need not be announced, and each word
 * of a list is paid for in every conversation.
 */
function outputOf({ output }: Pick<BuiltinTool, 'output'>): Pick<ToolEntry, 'outputSchema'> {
  const schema = output && withoutOptional(portableSchema(output, 'output'));
  return schema?.['required'] ? { outputSchema: schema } : {};
}

function withoutOptional(schema: Values): Values {
  const { properties, items, required = [] } = schema;
  if (isRecord(items)) return { ...schema, items: withoutOptional(items) };
  if (!isRecord(properties) || !Array.isArray(required)) return schema;
  const always = Object.entries(properties).filter(([name]) => required.includes(name));
  const inner = always.map(([name, each]) => [name, isRecord(each) ? withoutOptional(each) : each]);
  return { ...schema, properties: Object.fromEntries(inner) };
}
