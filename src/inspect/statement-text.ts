import { loadModule, parseSync, scanSync } from 'libpg-query';

/** Statements whose texts may be shown, by the parser's names for them. */
const shownKinds = new Set(['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt', 'TransactionStmt']);

export interface StatementShowing {
  /** Without it, each text is shown by its kind only. */
  isShown: boolean;
  /** What is longer is cut after its constants were replaced. */
  longest?: number;
}

/**
 * Makes the whole text of a statement safe to show: comments are left out and each constant becomes a question mark.
 * What does not parse, as a text that was cut, and what is no query is shown by its kind only, since passwords stand in
 * such texts. It waits for the parser.
 */
export async function statementText(text: string, { isShown, longest = 300 }: StatementShowing): Promise<string> {
  const kind = kindOf(text);
  if (!isShown || text.length > longestParsed || text.includes('\0')) return withheld(kind);
  await loadModule();
  const plain = withoutConstants(text);
  if (plain === undefined) return withheld(kind);
  return plain.length > longest ? `${plain.slice(0, longest - 2)} …` : plain;
}

/** In characters. Queries ask for as much. */
const longestParsed = 20_000;

const withheld = (kind: string) => `[${kind}: text not shown]`;

function withoutConstants(text: string): string | undefined {
  try {
    const { stmts = [] } = parseSync(text);
    const isQuery = stmts.every(({ stmt }) => Object.keys(stmt ?? {}).every((kind) => shownKinds.has(kind)));
    if (stmts.length === 0 || !isQuery) return undefined;
    return joined(scanSync(text).tokens);
  } catch {
    return undefined;
  }
}

interface Token {
  start: number;
  end: number;
  text: string;
  tokenName: string;
}

/**
 * The text anew from its tokens. The parser's own replacing leaves constants that are no expressions, such as a path of
 * JSON_TABLE, so each token that is one is replaced.
 */
function joined(tokens: readonly Token[]): string | undefined {
  const kept = tokens.filter(({ tokenName }) => tokenName !== 'SQL_COMMENT' && tokenName !== 'C_COMMENT');
  if (kept.some(({ text }) => isReadOtherwise(text))) return undefined;
  let end = kept[0]?.start ?? 0;
  const parts = kept.map((token) => {
    const gap = token.start > end ? ' ' : '';
    end = token.end;
    return gap + (isConstant.test(token.text) ? '?' : token.text);
  });
  return parts.join('');
}

/** Where standard_conforming_strings is off, `\'` does not end a constant, so that a name may be a part of it. */
const isReadOtherwise = (token: string) => /^(?:n|u&)?'/i.test(token) && token.includes('\\');

/** A number, a text in any of its quotations, or a text between dollars; neither `$1` nor a quoted name. */
const isConstant = /^(?:\.?\d|(?:[xben]|u&)?'|\$(?!\d))/i;

/** The first words of a text when they are known as a command. Nothing else of a text that may not be shown is told. */
function kindOf(text: string): string {
  const start = text.slice(0, longestParsed).replace(leadingComments, '');
  const [first = '', second = ''] =
    start
      .toUpperCase()
      .match(/[A-Z]+/g)
      ?.slice(0, 2) ?? [];
  if (!/^[A-Z]/i.test(start) || !commands.has(first)) return 'statement';
  return withObject.has(first) && objects.has(second) ? `${first} ${second}` : first;
}

const leadingComments = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?(?:\*\/|$))+/;

const words = (text: string) => new Set(text.split(' '));

const commands = words(
  'ABORT ALTER ANALYZE BEGIN CALL CHECKPOINT CLOSE CLUSTER COMMENT COMMIT COPY CREATE DEALLOCATE ' +
    'DECLARE DELETE DISCARD DO DROP END EXECUTE EXPLAIN FETCH GRANT IMPORT INSERT LISTEN LOAD LOCK MERGE ' +
    'MOVE NOTIFY PREPARE REASSIGN REFRESH REINDEX RELEASE RESET REVOKE ROLLBACK SAVEPOINT SECURITY SELECT ' +
    'SET SHOW START TABLE TRUNCATE UNLISTEN UPDATE VACUUM VALUES WITH',
);

const withObject = words('ALTER CREATE DROP REFRESH');

const objects = words(
  'DATABASE EXTENSION FOREIGN FUNCTION INDEX MATERIALIZED POLICY PROCEDURE PUBLICATION ROLE SCHEMA SEQUENCE SERVER ' +
    'SUBSCRIPTION SYSTEM TABLE TABLESPACE TRIGGER TYPE UNIQUE USER VIEW',
);
