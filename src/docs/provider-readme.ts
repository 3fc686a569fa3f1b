import { type Effect, isGuarded, type Tool } from '../define/index.js';
import { providerFacts } from '../providers/settings.js';
import { loadToolset, type ToolEntry } from '../server/catalog.js';

/** Generates the README of a provider's tools: first one line for each tool, then one block for each. */
export async function providerReadme(provider: string, entries: readonly ToolEntry[]): Promise<string> {
  const toolset = await loadToolset(provider);
  const listed = new Map(entries.map((entry) => [entry.name, entry]));
  const order = [...listed.keys()];
  const groups = Object.entries(toolset?.groups ?? {}).map(
    ([group, tools]) => [group, tools.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name))] as const,
  );
  const count = groups.reduce((sum, [, tools]) => sum + tools.length, 0);
  return [
    `# ${providerFacts[provider]?.product ?? provider}: ${count} tools`,
    '',
    'Generated from the declarations by `npm run update`. ● is in the core profile, ⚠ is asked about first.',
    '',
    ...groups.flatMap(([group, tools]) => [`## ${group}`, '', ...table(tools), '']),
    ...groups.flatMap(([, tools]) =>
      tools.map((tool) => block(tool, { entry: listed.get(tool.name), effect: toolset?.effects[tool.name] })),
    ),
  ].join('\n');
}

const table = (tools: readonly Tool[]): string[] => [
  '| tool | risk | what it does |',
  '| --- | --- | --- |',
  ...tools.map(
    (tool) =>
      `| [\`${tool.name}\`](#${tool.name}) ${marks(tool)} | ${tool.risk} | ${firstSentence(tool.description)} |`,
  ),
];

const marks = (tool: Tool): string => `${tool.core ? '●' : ''}${isGuarded(tool.risk) ? '⚠' : ''}`;

const firstSentence = (text: string): string => /^.*?[.:;](?=\s|$)/.exec(text)?.[0] ?? text;

const permission = ({ permission: named = [] }: Tool): string => {
  const names = [named].flat().map((name) => `\`${name}\``);
  return names.length > 0 ? `, permission ${names.join(' or ')}` : '';
};

/** All dangers that a call can have, with the names of the values that it fills in. */
function dangersOf({ risk, warning, undo }: Tool, { dangers }: Effect = {}): string[] {
  if (dangers)
    return [...new Set(dangers.map((danger) => `- can be ${danger.risk}: ${danger.warning} Way back: ${danger.undo}`))];
  return warning === undefined ? [] : [`- ${risk}: ${warning} Way back: ${undo}`];
}

function block(tool: Tool, { entry, effect }: { entry?: ToolEntry; effect?: Effect }): string {
  const { required = [], properties = {} } = entry?.inputSchema ?? {};
  const fields = Object.keys(properties).map((name) => (required.includes(name) ? `**${name}**` : name));
  return [
    `### ${tool.name}`,
    '',
    tool.description,
    '',
    `- \`${tool.route}\`${permission(tool)}`,
    `- takes ${fields.join(', ') || 'nothing'}`,
    ...dangersOf(tool, effect),
    ...(tool.async ? ['- answers with a job; `wait_for_job` follows it'] : []),
    '',
  ].join('\n');
}
