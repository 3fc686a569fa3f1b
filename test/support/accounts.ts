import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fleet } from './fleet.js';

/** A configuration file with the accounts of a fleet, as `--config` names it; `options` are those of each account. */
export function configOf(
  { served }: Pick<Fleet, 'served'>,
  options: Record<string, Record<string, unknown>> = {},
  more: Record<string, unknown> = {},
): string {
  const accounts = [...served].map(([name, { provider, settings }]) => [
    name,
    { provider, ...settings, ...options[name] },
  ]);
  return fileWith('config.json', { accounts: Object.fromEntries(accounts), ...more });
}

/** A JSON file of its own. */
export function fileWith(name: string, content: object): string {
  const file = join(mkdtempSync(join(tmpdir(), 'pgfleet-config-')), name);
  writeFileSync(file, JSON.stringify(content));
  return file;
}
