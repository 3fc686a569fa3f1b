import { expect, test } from 'vitest';
import { newHome, node, script, setUp } from './set-up.js';

const compact = JSON.stringify({ command: node, args: [script, '--sandbox'] });
/** JSON before and after, with the entry in one line so that the rest is seen. */
const texts: [string, string, string][] = [
  ['empty', '', '{"mcpServers":{"pgfleet":ENTRY}}'],
  ['an object', '{}', '{\n  "mcpServers": {\n    "pgfleet": ENTRY\n  }\n}'],
  ['one line', '{"a":[1, 2]}', '{\n  "mcpServers": {\n    "pgfleet": ENTRY\n  },\n  "a":[1, 2]}'],
  ['an empty holder', '{ "mcpServers": { } }\n', '{ "mcpServers": {\n  "pgfleet": ENTRY\n} }\n'],
  [
    'with comments',
    '{ // a\n\t/* b: { */\n\t"mcpServers": { // c\n\t\t// d\n\t\t"x": {}, // e\n\t},\n}\n',
    '{ // a\n\t/* b: { */\n\t"mcpServers": {\n\t\t"pgfleet": ENTRY, // c\n\t\t// d\n\t\t"x": {}, // e\n\t},\n}\n',
  ],
  ['a comment alone', '{ // a\n}', '{\n  "mcpServers": {\n    "pgfleet": ENTRY\n  } // a\n}'],
  [
    '64 bits',
    '{"id":12345678901234567890}',
    '{\n  "mcpServers": {\n    "pgfleet": ENTRY\n  },\n  "id":12345678901234567890}',
  ],
  ['a mark of byte order', '\uFEFF{}', '\uFEFF{\n  "mcpServers": {\n    "pgfleet": ENTRY\n  }\n}'],
  [
    'strings like comments',
    '{"a":"// {","b":"\\"/*"}',
    '{\n  "mcpServers": {\n    "pgfleet": ENTRY\n  },\n  "a":"// {","b":"\\"/*"}',
  ],
  ['another entry', '{"mcpServers":{"pgfleet":{"a":1}/*b*/}}', '{"mcpServers":{"pgfleet":ENTRY/*b*/}}'],
];
test.each(texts)('a file of JSON keeps every character: %s', async (_what, before, after) => {
  const { home, read, write } = newHome();
  write('.cursor/mcp.json', before);
  expect(await setUp(home, ['cursor', '--sandbox', '--force'])).toMatchObject({ ok: true });
  const text = read('.cursor/mcp.json');
  const entry = /\{\s*"command"[^}]*\}/.exec(text)?.[0] ?? '';
  expect(JSON.stringify(JSON.parse(entry))).toBe(compact);
  const oneLine =
    before === '' ? JSON.stringify(JSON.parse(text)).replace(compact, 'ENTRY') : text.replace(entry, 'ENTRY');
  expect(oneLine).toBe(after);
});
