import { prompts } from '../../prompts/index.js';
import type { Prompt } from '../define/index.js';
import { createSearchIndex, type SearchDocument, type SearchIndex } from '../define/search/index.js';
import type { ToolEntry } from '../server/catalog.js';

/** Makes the index that operations and runbooks are found by. */
export const searchIndex = (entries: readonly ToolEntry[]): SearchIndex =>
  createSearchIndex(entries.map(operationDocument), prompts.map(runbookDocument));

function operationDocument({ name, provider, title, description, inputSchema }: ToolEntry): SearchDocument {
  const argumentTexts = Object.entries(inputSchema.properties ?? {}).map(([argument, schema]) =>
    [argument, descriptionIn(schema)].join(' '),
  );
  return { name, provider, title, description, argumentTexts, asks: [] };
}

const descriptionIn = (schema: unknown): string =>
  typeof schema === 'object' && schema && 'description' in schema ? String(schema.description) : '';

const runbookDocument = ({ name, title, description, arguments: taken }: Prompt): SearchDocument => ({
  name,
  title: Object.values(title).join('\n'),
  description: Object.values(description).join('\n'),
  argumentTexts: taken.map((each) => each.name),
  asks: [],
});
