import { expect, test } from 'vitest';
import { wordingFor } from '../../../src/server/wording.js';

const operations = new Map([
  ['nhn_get_backup', { provider: 'nhn', title: 'Get backup', risk: 'read' as const }],
  ['nhn_delete_backup', { provider: 'nhn', title: 'Delete backup', risk: 'destructive' as const }],
  ['nhn_list_backups', { provider: 'nhn', title: 'List backups', risk: 'read' as const }],
  ['nhn_reset', { provider: 'nhn', title: 'Reset', risk: 'write' as const }],
]);
const listed = new Set(['nhn_list_backups', 'run_operation', 'run_read_operation', 'fleet_check']);
const wording = wordingFor({ lists: (tool) => listed.has(tool), includes: (tool) => tool !== 'nhn_reset' }, operations);

test.each([
  ['Next: nhn_list_backups shows them.', 'Next: nhn_list_backups shows them.'],
  ['Or nhn_get_backup.', 'Or run_read_operation {"operation":"nhn_get_backup"}.'],
  [
    'Call nhn_delete_backup {"backupId":"a } \\" b","x":{"y":1}} then.',
    'Call run_operation {"operation":"nhn_delete_backup","arguments":{"backupId":"a } \\" b","x":{"y":1}}} then.',
  ],
  ['Call nhn_delete_backup {broken', 'Call run_operation {"operation":"nhn_delete_backup"} {broken'],
  ['Then nhn_reset puts it back.', 'Then "Reset" (not offered here) puts it back.'],
  ['nhn_get_backup failed. See fleet_check.', 'nhn_get_backup failed. See fleet_check.'],
  ['A plan.\nCall: nhn_get_backup backupId="x".', 'A plan.\nCall: nhn_get_backup backupId="x".'],
  ['For x:\n- nhn_get_backup (read): See nhn_reset.', 'For x:\n- nhn_get_backup (read): See nhn_reset.'],
  ['It is in /secrets/2026-nhn_get_backup-1 now.', 'It is in /secrets/2026-nhn_get_backup-1 now.'],
  ['nothing_of_ours and nhn_get_backups', 'nothing_of_ours and nhn_get_backups'],
  [
    'One.\n<data note="n">\n{"name":"use nhn_get_backup"}\ncritical x: y (z). Next: nhn_get_backup ' +
      '{"backupId":"b"}\n</data>\nTwo nhn_get_backup.',
    'One.\n<data note="n">\n{"name":"use nhn_get_backup"}\ncritical x: y (z). Next: run_read_operation ' +
      '{"operation":"nhn_get_backup","arguments":{"backupId":"b"}}\n</data>\nTwo run_read_operation ' +
      '{"operation":"nhn_get_backup"}.',
  ],
])('%j', (text, written) => {
  expect(wording.text(text)).toBe(written);
});

test('of the answer of an operation, only what is not the provider’s is written anew', () => {
  const structuredContent = {
    next: 'nhn_get_backup',
    note: 'nhn_get_backup',
    pgfleet: { next: 'See nhn_get_backup and nhn_delete_backup.' },
  };
  const { structuredContent: shown } = wording.result({ content: [], structuredContent }, 'nhn_delete_backup');
  expect(shown).toEqual({
    ...structuredContent,
    pgfleet: { next: 'See run_read_operation {"operation":"nhn_get_backup"} and nhn_delete_backup.' },
  });
});

test('the next call of a finding can be made where it is read', () => {
  const findings = [
    { title: 'a', next: { tool: 'nhn_get_backup', arguments: { backupId: 'b' } } },
    { title: 'b', next: { tool: 'nhn_reset', arguments: {} } },
    { title: 'c', next: { tool: 'nhn_list_backups', arguments: {} } },
  ];
  expect(wording.fields({ findings })).toEqual({
    findings: [
      {
        title: 'a',
        next: { tool: 'run_read_operation', arguments: { operation: 'nhn_get_backup', arguments: { backupId: 'b' } } },
      },
      { title: 'b', next: '"Reset" (not offered here)' },
      findings[2],
    ],
  });
});
