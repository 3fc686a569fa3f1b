import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { fieldTexts, otherTexts } from '../../../src/docs/packages/variable-texts.js';
import { variables } from '../../../src/docs/packages/variables.js';

/** What the registry asks of an entry, as far as this one has it. It refuses what it does not know. */
const entry = z.strictObject({
  $schema: z.literal('https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json'),
  name: z
    .string()
    .regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/)
    .max(200),
  title: z.string().min(1).max(100),
  description: z.string().min(1).max(100),
  version: z.string().regex(/^\d+\.\d+\.\d+(-[\w.]+)?$/),
  websiteUrl: z.url().optional(),
  repository: z.strictObject({ url: z.url(), source: z.string() }).optional(),
  packages: z
    .array(
      z.strictObject({
        registryType: z.literal('npm'),
        identifier: z.string(),
        version: z.string(),
        runtimeHint: z.literal('npx'),
        transport: z.strictObject({ type: z.literal('stdio') }),
        environmentVariables: z.array(
          z.strictObject({
            name: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
            description: z.string().min(10),
            isSecret: z.literal(true).optional(),
            format: z.enum(['number', 'boolean', 'filepath']).optional(),
            choices: z.array(z.string()).min(2).optional(),
            default: z.string().min(1).optional(),
          }),
        ),
      }),
    )
    .length(1),
});

const serverJson = JSON.parse(readFileSync('server.json', 'utf8'));
const packageJson = JSON.parse(readFileSync('package.json', 'utf8'));

test('the entry of the registry has the form that it takes, and is about this package', () => {
  const { name, version, packages } = entry.parse(serverJson);
  expect(name).toBe(packageJson.mcpName);
  expect(version).toBe(packageJson.version);
  expect(packages).toMatchObject([{ identifier: packageJson.name, version }]);
});

test('every variable of a server over stdio is described, once, and nothing else is', () => {
  const described = [...Object.keys(fieldTexts), ...Object.keys(otherTexts)];
  expect(described.toSorted()).toEqual(variables.map(({ name }) => name).toSorted());
});

test('the registry marks the keys of the providers as secrets', () => {
  const { packages } = entry.parse(serverJson);
  const secrets = packages.flatMap(({ environmentVariables }) =>
    environmentVariables.filter(({ isSecret }) => isSecret).map(({ name }) => name),
  );
  expect(secrets).toEqual([
    'NHN_APP_KEY',
    'NHN_ACCESS_KEY_ID',
    'NHN_SECRET_ACCESS_KEY',
    'SAMSUNG_ACCESS_KEY',
    'SAMSUNG_SECRET_KEY',
    'NAVER_ACCESS_KEY',
    'NAVER_SECRET_KEY',
    'CEGEDIM_CLIENT_ID',
    'CEGEDIM_CLIENT_SECRET',
  ]);
});
