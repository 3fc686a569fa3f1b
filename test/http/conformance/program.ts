import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Era } from './scenarios.js';

/** One thing that a scenario looked at. */
export interface Check {
  id: string;
  status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO';
  errorMessage?: string;
}

/** What the program found at one server, and all that it printed. */
export interface Report {
  checks: ReadonlyMap<string, readonly Check[]>;
  output: string;
}

const home = dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/conformance/package.json'));
const globless = 'globSync' in fs ? [] : ['--import', new URL('globless.mjs', import.meta.url).href];

async function program(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [...globless, join(home, 'dist/index.js'), ...args], {
    env: { PATH: process.env['PATH'] },
  });
  let said = '';
  const hear = (chunk: string) => {
    said += chunk;
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  const [code] = await once(child, 'close');
  return `${said}\nThe program ended with ${code}.\n`;
}

/** Every scenario for servers, with the revisions or the extension that it belongs to. */
export async function knownScenarios(): Promise<Map<string, readonly string[]>> {
  const list = await program('list', '--server');
  const lines = list.matchAll(/^ {2}- (\S+) \[(.*)\]$/gm);
  return new Map([...lines].map(([, name = '', words = '']) => [name, words.split(',')]));
}

/** What a revision requires of a server. */
export async function requiredScenarios(revision: string): Promise<string[]> {
  const list = await program('list', '--requirements', revision);
  const [, required = ''] = /^Server scenarios.*:\n((?: {2}- \S+\n)+)/m.exec(list) ?? [];
  return [...required.matchAll(/- (\S+)/g)].map(([, name = '']) => name);
}

/**
 * Runs every scenario of one era at one server, in one process: starting the program for each would take a minute.
 * Those of extensions belong to no revision; the program runs them where none is asked for.
 */
export async function runSuite(url: string, era: Era): Promise<Report> {
  const folder = fs.mkdtempSync(join(tmpdir(), 'pgfleet-conformance-'));
  const version = era === 'extension' ? [] : ['--spec-version', era];
  const output = await program('server', '--url', `${url}/mcp`, '--suite', 'all', ...version, '-o', folder);
  const checks = new Map(
    fs.readdirSync(folder).flatMap((name) => {
      const file = join(folder, name, 'checks.json');
      const [, scenario] = /^server-(.+)-\d{4}-\d\d-\d\dT[\d-]+Z$/.exec(name) ?? [];
      return scenario && fs.existsSync(file) ? [[scenario, readChecks(file)] as const] : [];
    }),
  );
  fs.rmSync(folder, { recursive: true });
  return { checks, output };
}

const readChecks = (file: string): Check[] => JSON.parse(fs.readFileSync(file, 'utf8')) as Check[];
