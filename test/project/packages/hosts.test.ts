import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getMcpConfigForManifest, type McpbManifestAny, unpackExtension } from '@anthropic-ai/mcpb';
import { expect, test } from 'vitest';
import { prompts } from '../../../prompts/index.js';
import { readConfig } from '../../../src/config/config.js';
import { listTools } from '../../../src/docs/list-tools.js';
import { bundleMcpb } from '../../../src/docs/packages/bundle.js';
import { iconPath, rasterIcon } from '../../../src/docs/packages/raster-icon.js';
import { installLinks, sandboxServer } from '../../../src/docs/packages/start.js';
import { skillName } from '../../../src/server/skills/skill-text.js';
import { emptyFolder, firstAnswer, type Started, unpacked } from './pack.js';

const readJson = (...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8'));

interface Option {
  type: string;
  title: string;
  description: string;
  sensitive?: boolean;
  default: string | boolean;
}

/** Puts values in for the variables of a host. */
const filledIn = (server: Started, values: Record<string, unknown>): Started =>
  JSON.parse(
    JSON.stringify(server).replace(/\$\{([^}]+)\}/g, (left, name: string) =>
      name in values ? String(values[name]) : left,
    ),
  );

const onForm = (options: Record<string, Option>, given: Record<string, unknown> = {}) =>
  Object.fromEntries(
    Object.entries(options).map(([name, option]) => [`user_config.${name}`, given[name] ?? option.default]),
  );

const keys = { NHN_APP_KEY: 'a', NHN_ACCESS_KEY_ID: 'b', NHN_SECRET_ACCESS_KEY: 'c' };

/** How a server is configured that is started so. */
function configOf({ env = {} }: Partial<Started> = {}) {
  const { accounts, sandbox } = readConfig({ env, flags: {} });
  return { accounts: [...accounts.keys()], sandbox };
}

const onlyNhn = ['nhn'];

test('the unpacked tarball is a plugin that starts as its form stands at first, or with keys', async () => {
  const folder = await unpacked();
  const { mcpServers, userConfig } = readJson(folder, '.claude-plugin/plugin.json');
  const root = { CLAUDE_PLUGIN_ROOT: folder };
  const first = filledIn(mcpServers.pgfleet, { ...root, ...onForm(userConfig) });
  expect(await firstAnswer(first, emptyFolder())).toContain('nhn available');
  const own = filledIn(mcpServers.pgfleet, { ...root, ...onForm(userConfig, keys) });
  expect(configOf(own)).toMatchObject({ accounts: onlyNhn, sandbox: false });
  const { plugins } = readJson(folder, '.claude-plugin/marketplace.json');
  expect(plugins).toMatchObject([{ name: 'pgfleet', source: './' }]);
}, 60_000);

test('the unpacked tarball is an extension of Gemini CLI, with settings that may stay empty', async () => {
  const folder = await unpacked();
  const { mcpServers, settings } = readJson(folder, 'gemini-extension.json');
  const env = Object.fromEntries(settings.map(({ envVar }: { envVar: string }) => [envVar, '']));
  const server = filledIn(mcpServers.pgfleet, { extensionPath: folder, '/': '/' });
  expect(await firstAnswer({ ...server, env }, emptyFolder())).toContain('nhn available');
  expect(configOf({ ...server, env: { ...env, ...keys } })).toMatchObject({ accounts: onlyNhn });
}, 60_000);

test('the bundle for Claude Desktop can be unpacked, and starts with its form as it stands at first', async () => {
  const mcpbPath = await bundleMcpb(await listTools(), emptyFolder());
  const extensionPath = join(emptyFolder(), 'bundle');
  expect(await unpackExtension({ mcpbPath, outputDir: extensionPath, silent: true })).toBe(true);
  const manifest = readJson(extensionPath, 'manifest.json') as McpbManifestAny;
  expect(manifest).toMatchObject({ manifest_version: '0.4', version: readJson('package.json').version });
  const ofHost = { manifest, extensionPath, systemDirs: {}, pathSeparator: '/' };
  const first = await getMcpConfigForManifest({ ...ofHost, userConfig: {} });
  expect(await firstAnswer(first ?? { command: '' }, emptyFolder())).toContain('nhn available');
  const filled = await getMcpConfigForManifest({ ...ofHost, userConfig: keys });
  expect(configOf(filled)).toMatchObject({ accounts: onlyNhn, sandbox: false });

  const { icon, user_config: options = {} } = manifest;
  expect(
    readFileSync(join(extensionPath, icon ?? ''))
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
  const korean = readJson(extensionPath, 'mcpb-resources/ko-KR.json');
  expect(Object.keys(korean.user_config)).toEqual(Object.keys(options));
}, 60_000);

test('what is secret is marked so in each form, and nothing else', () => {
  const secret = /KEY|CLIENT/;
  const { userConfig } = readJson('.claude-plugin/plugin.json') as { userConfig: Record<string, Option> };
  for (const [name, { sensitive = false }] of Object.entries(userConfig))
    expect([name, sensitive]).toEqual([name, secret.test(name)]);
  const { settings } = readJson('gemini-extension.json') as { settings: { envVar: string; sensitive: boolean }[] };
  for (const { envVar, sensitive } of settings) expect([envVar, sensitive]).toEqual([envVar, secret.test(envVar)]);
});

test('each runbook is a skill of the plugin, and there is no other', () => {
  expect(readdirSync('skills').toSorted()).toEqual(prompts.map(skillName).toSorted());
  for (const name of readdirSync('skills'))
    expect(readFileSync(`skills/${name}/SKILL.md`, 'utf8')).toMatch(`name: ${name}\n`);
});

test('the icon of the plugin is the one that the server has', () => {
  expect(Buffer.compare(readFileSync(iconPath), rasterIcon())).toBe(0);
});

test('the links of the README add the sandbox as the snippet beside them does', () => {
  const { version } = readJson('package.json');
  const { cursor, vsCode } = installLinks(version);
  const configOf = (link: string) => new URL(link).searchParams.get('config') ?? '';
  expect(JSON.parse(Buffer.from(configOf(cursor), 'base64').toString())).toEqual(sandboxServer(version));
  expect(JSON.parse(configOf(vsCode))).toEqual(sandboxServer(version));
  const readme = readFileSync('README.md', 'utf8');
  for (const link of [cursor, vsCode]) expect(readme).toContain(`](${link})`);
});
