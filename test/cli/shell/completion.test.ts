import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { entry } from '../../support/connect.js';
import { shell } from './shell.js';

/** What is proposed for the last word of a line, with the name of the shell that asks. */
async function proposed(line: string, asking = 'bash'): Promise<string[]> {
  const words = line.split(' ');
  const env = { COMP_CWORD: String(words.length - 1), COMP_LINE: line, COMP_POINT: String(line.length), SHELL: asking };
  const { stdout } = await shell(['completion-server', '--', ...words], { fleet: { environment: {} }, env });
  return stdout.split('\n').filter(Boolean);
}

test.each([
  ['pgfleet ch', ['check']],
  ['pgfleet audit ', ['help', 'undo', 'verify']],
  ['pgfleet call nhn_restart', ['nhn_restart_db_instance']],
  ['pgfleet tools samsung_list_clu', ['samsung_list_clusters']],
  ['pgfleet call --json nhn_get_db_instance --db', ['--db-instance-id']],
  ['pgfleet call nhn_get_db_instance --db-instance-id ', []],
  ['pgfleet check --topic b', ['backups']],
  ['pgfleet check --det', ['--detail']],
  ['pgfleet overview --sandbox-s', ['--sandbox-speed']],
  ['pgfleet completion ', ['bash', 'zsh', 'fish']],
  ['pgfleet call confirm_o', []],
])('%j is completed', async (line, expected) => {
  expect((await proposed(line)).toSorted()).toEqual(expected.toSorted());
});

test('shells that show descriptions get them', async () => {
  expect(await proposed('pgfleet call nhn_restart', 'zsh')).toEqual(['nhn_restart_db_instance:Restart DB instance']);
  expect(await proposed('pgfleet call nhn_restart', 'fish')).toEqual(['nhn_restart_db_instance\tRestart DB instance']);
});

test.each(['zsh', 'fish'])('there is a script for %s', async (name) => {
  const { stdout } = await shell(['completion', name], { fleet: { environment: {} } });
  expect(stdout).toContain('pgfleet completion-server');
});

test('in bash the built program completes the name of an operation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-completion-'));
  const script = [
    'pgfleet() { "$NODE" "$ENTRY" "$@"; }',
    'eval "$(pgfleet completion bash)"',
    'COMP_WORDS=(pgfleet call nhn_restart) COMP_CWORD=2 COMP_LINE="pgfleet call nhn_restart" COMP_POINT=24',
    '_pgfleet_completion',
    'echo "${COMPREPLY[@]}"',
  ].join('\n');
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, NODE: process.execPath, ENTRY: entry };
  expect(execFileSync('bash', ['--norc', '-c', script], { env, encoding: 'utf8' })).toBe('nhn_restart_db_instance\n');
});
