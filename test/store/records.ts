import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { hashOfLine, headFile } from '../../src/call/audit/chain.js';
import type { AuditEntry, AuditLine } from '../../src/call/audit/line.js';

export function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-audit-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'state', 'audit.jsonl');
}

export const entry = (call: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
  event: 'attempt',
  call,
  tool: 'one_stop_instance',
  risk: 'disruptive',
  provider: 'one',
  client: 'test',
  ...more,
});

/** Each look at it shows a second later. */
export function clock() {
  let time = Date.parse('2026-05-01T00:00:00Z');
  return () => (time += 1_000);
}

export const linesOf = (file: string): AuditLine[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as AuditLine);

/** Puts a record in place of the one there, together with the head beside it. */
export function replace(file: string, lines: readonly AuditLine[]): void {
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const { number, hash } = lines.at(-1) ?? { number: 0, hash: '' };
  writeFileSync(headFile(file), JSON.stringify({ number, hash, chain: lines[0]?.hash }));
}

/** The same lines with other words in the one of a number, and a chain that is right in itself. */
export function forge(lines: readonly AuditLine[], number: number): AuditLine[] {
  const forged: AuditLine[] = [];
  for (const { hash: _, ...line } of lines) {
    const bare = { ...line, previous: forged.at(-1)?.hash ?? line.previous };
    const changed = bare.number === number ? { ...bare, target: 'something else' } : bare;
    forged.push({ ...changed, hash: hashOfLine(changed) });
  }
  return forged;
}
