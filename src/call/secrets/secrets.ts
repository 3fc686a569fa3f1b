import { mkdir, open, readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { isSecretReference, type SecretRules, secretFault, secretFields, type Tool } from '../../define/index.js';
import type { Clock, Random } from '../../values/clock.js';
import { valueOfFile } from '../../values/file-text.js';
import { mapLeaves, mapValues } from '../../values/json-path.js';
import { redact } from '../../values/redact.js';
import { type Values } from '../../values/values.js';
import { InputError } from '../errors.js';
import { isPlainFileName, referencesSet, type SecretSources } from './sources.js';

/** What is needed to put secrets into a call. */
export interface SecretContext {
  secrets: SecretSources;
  clock: Clock;
  random: Random;
}

/** A call's arguments with the real secrets in them, and what has to be known about the secrets. */
export interface ResolvedSecrets {
  input: Values;
  /** The values themselves, which must not appear in any text. */
  secrets: readonly string[];
  /** Notes that say where generated values were written. */
  notes: readonly string[];
  /** The files that generated values were written to. */
  files: readonly string[];
}

/**
 * The arguments as they may be shown, recorded and hashed. References stay, but values are masked, wherever among the
 * arguments somebody has written them.
 */
export function masked(tool: Pick<Tool, 'input'>, input: Values): Values {
  const secret = secretFields(tool.input);
  if (secret.size === 0) return input;
  const mask = (leaf: unknown) => (typeof leaf === 'string' && isSecretReference(leaf) ? leaf : '***');
  const { text } = redact(givenSecrets(tool, input));
  const shown = (leaf: unknown) => (typeof leaf === 'string' ? text(leaf) : leaf);
  return mapValues(input, (leaf, path) => (secret.has(path) ? mask(leaf) : shown(leaf)));
}

/** The secret values that were given directly in the arguments. */
export function givenSecrets(tool: Pick<Tool, 'input'>, input: unknown): string[] {
  const secret = secretFields(tool.input);
  if (secret.size === 0) return [];
  const found: string[] = [];
  mapLeaves(input, (leaf, path) => {
    if (typeof leaf === 'string' && secret.has(path) && !isSecretReference(leaf)) found.push(leaf);
    return leaf;
  });
  return found;
}

/** Finds faults in references before a person is asked. It creates and writes nothing. */
export async function checkReferences(tool: Tool, input: Values, sources: SecretSources): Promise<void> {
  for (const { reference, rules, path } of references(tool, input))
    if (reference !== generateReference)
      await lookUp(reference, rules, path, sources).catch(async (error: unknown) => {
        if (!(error instanceof InputError)) throw error;
        throw new InputError([...error.faults, await referencesSet(sources)]);
      });
}

/** Replaces references by their values, just before the request is built. */
export async function resolveSecrets(
  tool: Tool,
  input: Values,
  { secrets: sources, clock, random }: SecretContext,
): Promise<ResolvedSecrets> {
  if (secretFields(tool.input).size === 0) return { input, secrets: [], notes: [], files: [] };
  const values = new Map<string, string>();
  const notes: string[] = [];
  const files: string[] = [];
  for (const { reference, rules, path } of references(tool, input)) {
    if (reference === generateReference) {
      const value = generate(rules, random);
      const stamp = new Date(clock.now()).toISOString().replace(/[:.]/g, '-');
      const name = `${stamp}-${tool.name}-${path.replace(/[^\w]+/g, '-')}-${random.integer(1e6)}`;
      const file = await keep(value, sources.folder, name);
      notes.push(`${path} was generated and is in ${file}.`);
      files.push(file);
      values.set(path, value);
    } else values.set(path, await lookUp(reference, rules, path, sources));
  }
  const put = (leaf: unknown, _path: string, exact: string) => values.get(exact) ?? leaf;
  return { input: mapValues(input, put), secrets: [...givenSecrets(tool, input), ...values.values()], notes, files };
}

const generateReference = 'secret://generate';

interface Reference {
  /** The path of this value, with its index in lists. */
  path: string;
  reference: string;
  rules: SecretRules;
}

function references(tool: Tool, input: Values): Reference[] {
  const fields = secretFields(tool.input);
  if (fields.size === 0) return [];
  const found: Reference[] = [];
  mapLeaves(input, (leaf, path, exact) => {
    const rules = fields.get(path);
    if (rules && typeof leaf === 'string' && isSecretReference(leaf))
      found.push({ path: exact, reference: leaf, rules });
    return leaf;
  });
  return found;
}

async function lookUp(reference: string, rules: SecretRules, path: string, sources: SecretSources): Promise<string> {
  const [, kind, name = ''] = /^secret:\/\/(env|file)\/(.+)$/.exec(reference) ?? [];
  if (!kind) {
    throw new InputError([`${path}: use secret://generate, secret://env/PGFLEET_SECRET_… or secret://file/NAME.`]);
  }
  const value = kind === 'env' ? fromEnvironment(name, path, sources) : await fromFile(name, path, sources);
  const fault = secretFault(value, rules);
  if (fault) throw new InputError([`${path}: the value of ${reference} ${fault}.`]);
  return value;
}

function fromEnvironment(name: string, path: string, { environment }: SecretSources): string {
  const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
  if (value !== undefined) return value;
  throw new InputError([
    name.startsWith('PGFLEET_SECRET_')
      ? `${path}: the environment variable ${name} is not set where pgfleet runs.`
      : `${path}: only environment variables whose name begins with PGFLEET_SECRET_ can be used.`,
  ]);
}

async function fromFile(name: string, path: string, { folder }: SecretSources): Promise<string> {
  const missing = () => new InputError([`${path}: there is no file ${name} in the folder of secrets (${folder}).`]);
  if (!isPlainFileName(name)) throw new InputError([`${path}: ${name} is not a plain file name.`]);
  const file = await realpath(join(folder, name)).catch(() => Promise.reject(missing()));
  const home = await realpath(folder);
  // A link must not lead out of the folder.
  if (!file.startsWith(home + sep)) throw missing();
  return valueOfFile(await readFile(file, 'utf8').catch(() => Promise.reject(missing())));
}

/** A value that was made for a call and kept in a file. */
export const keptValue = async (file: string): Promise<string> => valueOfFile(await readFile(file, 'utf8'));

const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
const symbols = '!#*+-_=';

/** Creates a random value that follows the rules. Letters that are easily confused are left out. */
function generate(rules: SecretRules, { integer }: Random): string {
  const length = Math.max(rules.min ?? 1, Math.min(rules.max ?? 24, 24));
  for (let tries = 0; tries < 1000; tries += 1) {
    const pool = alphabet + symbols;
    const value = Array.from({ length }, () => pool[integer(pool.length)]).join('');
    if (
      /[A-Z]/.test(value) &&
      /[a-z]/.test(value) &&
      /\d/.test(value) &&
      /[^\w]/.test(value) &&
      !secretFault(value, rules)
    )
      return value;
  }
  return Array.from({ length }, () => alphabet[integer(alphabet.length)]).join('');
}

/** Writes a generated value to a file that only its owner can read, and flushes it to the disk before it is used. */
async function keep(value: string, folder: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, name);
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(`${value}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return file;
}
