import { isGuarded, type Tool } from '../define/index.js';
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
    ...groups.flatMap(([, tools]) => tools.map((tool) => block(tool, listed.get(tool.name)))),
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

function block(tool: Tool, entry: ToolEntry | undefined): string {
  const { required = [], properties = {} } = entry?.inputSchema ?? {};
  const fields = Object.keys(properties).map((name) => (required.includes(name) ? `**${name}**` : name));
  return [
    `### ${tool.name}`,
    '',
    tool.description,
    '',
    `- \`${tool.route}\`${permission(tool)}`,
    `- takes ${fields.join(', ') || 'nothing'}`,
    ...(tool.warning === undefined ? [] : [`- ${tool.risk}: ${tool.warning} Way back: ${tool.undo}`]),
    ...(tool.raises ?? []).map(
      (raise) => `- ${raise.risk} ${'given' in raise ? `with ${raise.given}` : words(raise.when)}: ${raise.warning}`,
    ),
    ...(tool.lowers ?? []).map(
      (lower) => `- not asked about ${'when' in lower ? words(lower.when) : `with only ${lower.onlyGiven.join(', ')}`}`,
    ),
    ...(tool.async ? ['- answers with a job; `wait_for_job` follows it'] : []),
    '',
  ].join('\n');
}

const words = (when: Readonly<Record<string, unknown>>): string =>
  `with ${Object.entries(when)
    .map(([path, value]) => `${path} = ${String(value)}`)
    .join(' and ')}`;
