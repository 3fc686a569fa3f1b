import { expect, test } from 'vitest';
import { statementText } from '../../src/inspect/statement-text.js';

const shown = (text: string) => statementText(text, { isShown: true });

test.each([
  ["SELECT * FROM orders WHERE mail = 'hunter2' AND id = 42", 'SELECT * FROM orders WHERE mail = ? AND id = ?'],
  ['SELECT $1, "Mixed Name" FROM shop.orders LIMIT 10', 'SELECT $1, "Mixed Name" FROM shop.orders LIMIT ?'],
  ['SELECT interval $1', 'SELECT interval $1'],
  ['SELECT $hunter2$ hunter2 $hunter2$', 'SELECT ?'],
  ["SELECT U&'hunter2!0041' UESCAPE '!'", 'SELECT ? UESCAPE ?'],
  [String.raw`SELECT E'it\'s hunter2', X'1F', B'01', N'hunter2', 1.5e3, .5`, 'SELECT ?, ?, ?, N?, ?, ?'],
  ["SELECT 'hunter2'\n  'hunter2'", 'SELECT ?'],
  ['SELECT 1 -- hunter2\n + 2 /* hunter2 /* nested */ */', 'SELECT ? + ?'],
  ["SELECT * FROM dblink('password=hunter2', 'SELECT 1') AS t (a int)", 'SELECT * FROM dblink(?, ?) AS t (a int)'],
  [
    "SELECT * FROM JSON_TABLE('{}', '$.a' COLUMNS (a int PATH '$.hunter2'))",
    'SELECT * FROM JSON_TABLE(?, ? COLUMNS (a int PATH ?))',
  ],
  ["INSERT INTO pässe (wörter) VALUES ('hünter2')", 'INSERT INTO pässe (wörter) VALUES (?)'],
  ["UPDATE users SET password = 'hunter2' WHERE id = -7", 'UPDATE users SET password = ? WHERE id = -?'],
  ["WITH gone AS (DELETE FROM a WHERE b = 'hunter2' RETURNING 1) SELECT 2", undefined],
  ['MERGE INTO a USING b ON a.i = b.i WHEN MATCHED THEN DELETE', undefined],
  ["PREPARE TRANSACTION 'hunter2'", 'PREPARE TRANSACTION ?'],
  ['COMMIT', 'COMMIT'],
  ['SELECT 1; SELECT 2', 'SELECT ?; SELECT ?'],
])('%s is shown without its constants', async (text, expected) => {
  const seen = await shown(text);
  expect(seen).not.toMatch(/h.nter2|text not shown/);
  if (expected !== undefined) expect(seen).toBe(expected);
});

test.each([
  ["ALTER ROLE app PASSWORD 'hunter2'", 'ALTER ROLE'],
  ['alter user app with encrypted password $$hunter2$$', 'ALTER USER'],
  ["/* hunter2 */ -- hunter2\n CREATE ROLE app LOGIN PASSWORD 'hunter2'", 'CREATE ROLE'],
  ["CREATE USER MAPPING FOR app SERVER other OPTIONS (password 'hunter2')", 'CREATE USER'],
  ["CREATE SERVER other FOREIGN DATA WRAPPER f OPTIONS (host 'hunter2')", 'CREATE SERVER'],
  ["CREATE SUBSCRIPTION s CONNECTION 'password=hunter2' PUBLICATION p", 'CREATE SUBSCRIPTION'],
  ["COPY t FROM PROGRAM 'curl -u hunter2 https://example.org'", 'COPY'],
  ["DO $$ BEGIN EXECUTE 'ALTER ROLE a PASSWORD ''hunter2'''; END $$", 'DO'],
  ["SET my.secret = 'hunter2'", 'SET'],
  ["CALL pay('hunter2')", 'CALL'],
  ["EXPLAIN SELECT 'hunter2'", 'EXPLAIN'],
  ["PREPARE p AS SELECT 'hunter2'", 'PREPARE'],
  ["EXECUTE p('hunter2')", 'EXECUTE'],
  ["DECLARE c CURSOR FOR SELECT 'hunter2'", 'DECLARE'],
  ["SELECT 1; ALTER ROLE app PASSWORD 'hunter2'", 'SELECT'],
  ["CREATE TABLE t AS SELECT 'hunter2'", 'CREATE TABLE'],
  ["COMMENT ON TABLE t IS 'hunter2'", 'COMMENT'],
  ["NOTIFY c, 'hunter2'", 'NOTIFY'],
  // Cut, so that the constant has no end.
  ["SELECT * FROM users WHERE password = 'hunter", 'SELECT'],
  ['SELECT * FROM users WHERE', 'SELECT'],
  ['/* hunter2, and the comment is cut', 'statement'],
  // With standard_conforming_strings off, all of it is one constant.
  [String.raw`SELECT 'x\', hunter2, ''`, 'SELECT'],
  [String.raw`SELECT 'x\'' , ' || hunter2 || ' , ''`, 'SELECT'],
  ["SELECT 1\0; ALTER ROLE app PASSWORD 'hunter2'", 'SELECT'],
  ['hunter2 is no statement', 'statement'],
  ['', 'statement'],
  [`SELECT '${'hunter2'.repeat(3_000)}'`, 'SELECT'],
])('%s is shown by its kind only', async (text, kind) => {
  expect(await shown(text)).toBe(`[${kind}: text not shown]`);
});

test('a text is cut after its constants were replaced', async () => {
  const text = `SELECT ${"'hunter2', ".repeat(200)}1`;
  const seen = await statementText(text, { isShown: true, longest: 20 });
  expect(seen).toBe('SELECT ?, ?, ?, ?, …');
});

test('what is nested deeper than a parser likes is still shown or withheld', async () => {
  const depth = 4_900;
  expect(await shown(`SELECT ${'('.repeat(depth)}'hunter2'${')'.repeat(depth)}`)).not.toMatch(/hunter2/);
  expect(await shown("SELECT 'hunter2'")).toBe('SELECT ?');
});

test('bytes that are no text are shown as such', async () => {
  const broken = new TextDecoder().decode(new Uint8Array([83, 69, 76, 69, 67, 84, 32, 39, 0xff, 0xfe, 39]));
  expect(await shown(broken)).toBe('SELECT ?');
});

test('without leave, each text is shown by its kind only', async () => {
  expect(await statementText('SELECT 1', { isShown: false })).toBe('[SELECT: text not shown]');
});
