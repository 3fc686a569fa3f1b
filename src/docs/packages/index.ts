import { readFile } from 'node:fs/promises';
import { prompts } from '../../../prompts/index.js';
import type { ToolEntry } from '../../server/catalog.js';
import { skillName, skillText } from '../../server/skills/skill-text.js';
import { wordingFor } from '../../server/wording.js';
import type { PackageFacts } from './facts.js';
import { claudePlugin, geminiExtension, marketplace } from './plugins.js';
import { serverJson } from './server-json.js';

export const packageFacts = async (): Promise<PackageFacts> => JSON.parse(await readFile('package.json', 'utf8'));

/** Where the runbooks stand as skills. */
export const skillsFolder = 'skills';

/** What registries and hosts read of the package, by the paths at which they look for it. */
export function packageTexts(facts: PackageFacts, entries: readonly ToolEntry[]): Map<string, string> {
  return new Map([
    ...Object.entries({
      'server.json': serverJson(facts.version),
      'gemini-extension.json': geminiExtension(facts),
      '.claude-plugin/plugin.json': claudePlugin(facts),
      '.claude-plugin/marketplace.json': marketplace(),
    }).map(([path, value]): [string, string] => [path, `${JSON.stringify(value, null, 2)}\n`]),
    ...skills(entries),
  ]);
}

/** The runbooks for a server with the usual list of tools. */
function skills(entries: readonly ToolEntry[]): [string, string][] {
  const listed = new Set(entries.filter(({ core }) => core).map(({ name }) => name));
  const reach = { lists: (tool: string) => listed.has(tool), includes: () => true };
  const { text } = wordingFor(reach, new Map(entries.map((entry) => [entry.name, entry])));
  return prompts.map((prompt) => [`${skillsFolder}/${skillName(prompt)}/SKILL.md`, text(skillText(prompt, 'en'))]);
}
