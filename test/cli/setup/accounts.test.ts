import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { providerNames, secretsOf, settingsOf } from '../../../src/providers/settings.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { newHome, node, script, setUp } from './set-up.js';

/** The command line for an account of a fleet, with its keys in variables. */
function optionsFor(fleet: Fleet, name: string, config: string) {
  const account = fleet.served.get(name);
  if (!account) throw new Error(`The fleet has no ${name}.`);
  const { provider, settings } = account;
  const values = Object.entries<string>(settings);
  const secrets = secretsOf(provider, settings);
  const keys = values.filter(([, value]) => secrets.includes(value));
  const rest = values.filter(([, value]) => !secrets.includes(value) && value !== '');
  return {
    secrets,
    env: Object.fromEntries(keys.map(([key, value]) => [`GIVEN_${key}`, value])),
    args: [
      '--provider',
      provider,
      '--config',
      config,
      ...keys.flatMap(([key]) => ['--key', `${key}=env:GIVEN_${key}`]),
      ...rest.flatMap(([key, value]) => ['--setting', `${key}=${value}`]),
    ],
  };
}

/** Every file below a folder, with its text. */
const allTexts = (folder: string): [string, string][] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    return entry.isFile() ? [[path, readFileSync(path, 'utf8')]] : [];
  });

describe.each(providerNames)('an account of %s', (provider) => {
  test('is tried with reads alone, and its keys are in files that only the user can read', async () => {
    const fleet = await startFleet({ providers: [provider] });
    const { home, config, read } = newHome();
    const { args, env, secrets } = optionsFor(fleet, provider, config);
    const { said, ok } = await setUp(home, ['cursor', ...args], { env });
    expect(said).toMatch(new RegExp(`^${provider} was read: [1-9]\\d* instances?\\.\n`));
    expect(ok).toBe(true);
    expect(fleet.sent.length).toBeGreaterThan(0);
    expect(fleet.changes()).toEqual([]);

    const withKey = allTexts(home).filter(([, text]) => secrets.some((secret) => text.includes(secret)));
    const keys = Object.entries(settingsOf(provider)).flatMap(([key, { fallback }]) =>
      fallback === undefined ? join(home, 'own/keys', provider, key) : [],
    );
    expect(withKey.map(([path]) => path).toSorted()).toEqual(keys.toSorted());
    for (const [path] of withKey) expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'own/keys')).mode & 0o777).toBe(0o700);
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
    expect(JSON.parse(read('.cursor/mcp.json'))).toEqual({
      mcpServers: { pgfleet: { command: node, args: [script, '--config', config] } },
    });
  });
});
