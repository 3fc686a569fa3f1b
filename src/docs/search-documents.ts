import { prompts } from '../../prompts/index.js';
import type { Prompt } from '../define/index.js';
import { createSearchIndex, type SearchDocument, type SearchIndex } from '../define/search/index.js';
import { isInspecting, type ToolEntry } from '../server/catalog.js';
import { asksBy } from './list-asks.js';

/** Makes the index that operations and runbooks are found by. */
export const searchIndex = (entries: readonly ToolEntry[]): SearchIndex =>
  createSearchIndex(entries.flatMap(operationDocument), prompts.map(runbookDocument));

function operationDocument(entry: ToolEntry): SearchDocument[] {
  const { name, risk, title, description, inputSchema } = entry;
  const { kinds = [], en = [], ko = [] } = asksBy[entry.provider]?.[name] ?? {};
  const asks = [...en, ...ko];
  // They are only looked for where there is a connection to look inside.
  const provider = isInspecting(entry.group) ? entry.group : entry.provider;
  // What nobody asks for is a way to the others: the search itself, and running what it found.
  if (asks.length === 0) return [];
  const argumentTexts = Object.entries(inputSchema.properties ?? {}).map(([argument, schema]) =>
    [argument, descriptionIn(schema)].join(' '),
  );
  return [{ name, provider, kinds, tells: risk === 'read', title, description, argumentTexts, asks }];
}

const descriptionIn = (schema: unknown): string =>
  typeof schema === 'object' && schema && 'description' in schema ? String(schema.description) : '';

const runbookDocument = ({ name, title, description, asks, arguments: taken }: Prompt): SearchDocument => ({
  name,
  provider: '',
  kinds: [],
  tells: true,
  title: Object.values(title).join('\n'),
  description: Object.values(description).join('\n'),
  argumentTexts: taken.map((each) => each.name),
  asks: Object.values(asks).flat(),
});
