import { readFile } from 'node:fs/promises';
import { type AuditLine, firstPrevious, hashOfLine, headFile } from './log.js';

export type Verdict = { ok: true; lines: number } | { ok: false; line: number; reason: string };

/** Walks the chain and names the first line that was changed, cut or inserted. */
export async function verifyAuditLog(file: string): Promise<Verdict> {
  const texts = (await readFile(file, 'utf8')).split('\n');
  if (texts.at(-1) === '') texts.pop();
  let previous = firstPrevious;
  for (const [index, text] of texts.entries()) {
    const line = parse(text);
    const reason = line ? faultOf(line, index + 1, previous) : 'is no JSON line';
    if (!line || reason) return { ok: false, line: index + 1, reason: reason ?? 'is no JSON line' };
    previous = line.hash;
  }
  return compareWithHead(file, texts.length, previous);
}

function faultOf(line: AuditLine, number: number, previous: string): string | undefined {
  const { hash, ...rest } = line;
  if (hashOfLine(rest) !== hash) return 'was changed: its hash does not fit its content';
  if (line.previous !== previous) return 'does not follow the line before it: a line was inserted, cut or moved here';
  if (line.number !== number) return `has number ${line.number}: lines before it are missing or doubled`;
  return undefined;
}

/** A cut end leaves a chain that is right in itself; the head file remembers how far it went. */
async function compareWithHead(file: string, lines: number, last: string): Promise<Verdict> {
  const head = await readFile(headFile(file), 'utf8').then(parse, () => undefined);
  if (!head)
    return lines === 0 ? { ok: true, lines } : { ok: false, line: lines, reason: `has no ${headFile(file)} beside it` };
  if (head.number > lines)
    return { ok: false, line: lines + 1, reason: `was cut: the log once had ${head.number} lines` };
  if (head.number === lines && head.hash !== last)
    return { ok: false, line: lines, reason: 'is not the last line that was written' };
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
