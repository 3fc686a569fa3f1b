import { readFile } from 'node:fs/promises';
import type { Store } from '../../store/store.js';
import { firstPrevious, type Head, hashOfLine, headFile, headOf } from './chain.js';
import type { AuditLine } from './line.js';
import { headInStore } from './shared.js';

export type AuditVerdict =
  /** A remark tells what could not be checked. */
  { ok: true; lines: number; remark?: string } | { ok: false; line: number; reason: string };

/**
 * Checks the chain and names the first line that was changed, cut or inserted. With the store, it also notices when the
 * file was cut together with the head that is kept beside it. Where files were moved away, all of them are given, in
 * the order in which they were written.
 */
export async function verifyAuditLog(files: string | readonly string[], store?: Store): Promise<AuditVerdict> {
  const all = [files].flat();
  const texts = (await Promise.all(all.map(linesIn))).flat();
  const hashes: string[] = [];
  for (const [index, text] of texts.entries()) {
    const line = parse(text);
    if (!line) return { ok: false, line: index + 1, reason: 'is no JSON line' };
    const reason = respelled(line, text) ?? faultOf(line, index + 1, hashes.at(-1) ?? firstPrevious);
    if (reason) return { ok: false, line: index + 1, reason };
    hashes.push(line.hash);
  }
  const noted = await compareWithFile(all.at(-1) ?? '', hashes);
  return noted.ok && store ? compareWithStore(store, hashes) : noted;
}

async function linesIn(file: string): Promise<string[]> {
  // The ends of lines may be those of another system that the record was copied to.
  const texts = (await readFile(file, 'utf8')).split(/\r?\n/);
  return texts.at(-1) === '' ? texts.slice(0, -1) : texts;
}

/** A member that is written twice, say, is one thing to the hash and another to somebody who reads or searches. */
function respelled(line: AuditLine, text: string): string | undefined {
  return JSON.stringify(line) === text ? undefined : 'was changed: it is not spelled as it was written';
}

function faultOf(line: AuditLine, number: number, previous: string): string | undefined {
  const { hash, ...rest } = line;
  if (hashOfLine(rest) !== hash) return 'was changed: its hash does not fit its content';
  if (line.continues !== undefined && number === 1)
    return `goes on from line ${line.number - 1}, in a file that was moved away: name that file before this one`;
  if (line.previous !== previous) return 'does not follow the line before it: a line was inserted, cut or moved here';
  if (line.number !== number) return `has number ${line.number}: lines before it are missing or doubled`;
  return undefined;
}

/** A chain whose end was cut is still valid in itself, but the head file knows how long it was. */
async function compareWithFile(file: string, hashes: readonly string[]): Promise<AuditVerdict> {
  const head = headOf(await readFile(headFile(file), 'utf8').catch(() => undefined));
  const lines = hashes.length;
  const isOther = head?.chain !== undefined && lines > 0 && head.chain !== hashes[0];
  if (isOther) return { ok: false, line: 1, reason: `is not how the record began, as ${headFile(file)} tells` };
  if (head) return compare(head, hashes, headFile(file));
  return lines === 0 ? { ok: true, lines } : { ok: false, line: lines, reason: `has no ${headFile(file)} beside it` };
}

async function compareWithStore(store: Store, hashes: readonly string[]): Promise<AuditVerdict> {
  const [chain] = hashes;
  const lines = hashes.length;
  if (chain === undefined) return { ok: true, lines, remark: 'an empty record has no name to ask the shared store by' };
  const head = await headInStore(store, chain);
  if (head) return compare(head, hashes, 'the shared store');
  const reason =
    'begins a record that the shared store does not know: it was begun without that store, the store has lost it, or ' +
    'the whole record was replaced';
  return { ok: false, line: 1, reason };
}

/** The head may be one line behind when a process ended before noting it. It is never ahead, and never another hash. */
function compare(head: Head, hashes: readonly string[], where: string): AuditVerdict {
  const lines = hashes.length;
  if (head.number > lines)
    return { ok: false, line: lines + 1, reason: `was cut: the log once had ${head.number} lines, as ${where} tells` };
  if (head.number > 0 && hashes[head.number - 1] !== head.hash)
    return { ok: false, line: head.number, reason: `is not the line that was written, as ${where} tells` };
  return { ok: true, lines };
}

function parse(text: string): AuditLine | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as AuditLine) : undefined;
  } catch {
    return undefined;
  }
}
