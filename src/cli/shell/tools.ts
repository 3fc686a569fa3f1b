import { jsonText } from '../../call/answer/json-text.js';
import type { ToolEntry } from '../../server/catalog.js';
import type { ShellContext, ShellFlags } from './context.js';
import { optionOf, propertiesOf } from './operation-arguments.js';
import { styled } from './output/show.js';
import { table } from './output/table.js';
import { openSession } from './session.js';

/** Prints what can be called with these accounts, or one operation with its arguments. */
export async function showTools(words: readonly string[], { json, ...flags }: ShellFlags, context: ShellContext) {
  const { say, screen } = context;
  const session = await openSession(flags, context);
  try {
    const one = session.operations.find(({ name }) => words.length === 1 && name === words[0]);
    if (one) return say(json ? `${jsonText(factsOf(one))}\n` : oneText(one, context));
    const fits = session.operations.filter((entry) => words.every((word) => contains(entry, word)));
    if (json) return say(`${jsonText(fits.map(({ name, title, risk }) => ({ name, title, risk })))}\n`);
    const rows = fits.map(({ name, title, risk }) => [name, risk, title]);
    say(`${table(rows, screen, ['operation', 'risk', 'title'])}\n`);
  } finally {
    await session.close();
  }
}

const contains = ({ name, title, provider, group }: ToolEntry, word: string): boolean =>
  [name, title, provider, group].some((text) => text.toLowerCase().includes(word.toLowerCase()));

const factsOf = ({ name, title, description, risk, provider, group, inputSchema }: ToolEntry) => ({
  name,
  title,
  description,
  risk,
  provider,
  group,
  inputSchema,
});

function oneText(entry: ToolEntry, { screen }: ShellContext): string {
  const required = new Set(entry.inputSchema.required);
  const rows = Object.entries(propertiesOf(entry.inputSchema)).map(([name, { type = '', description = '' }]) => [
    optionOf(name),
    required.has(name) ? 'needed' : '',
    type,
    description,
  ]);
  const args = rows.length === 0 ? 'It takes no arguments.' : table(rows, screen);
  return `${styled('bold', `${entry.name} (${entry.risk})`, screen)}\n${entry.description}\n\n${args}\n`;
}
