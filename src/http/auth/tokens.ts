import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import * as z from 'zod';
import { ConfigError } from '../../define/config-error.js';
import { type Principal, scopes } from '../../define/index.js';
import type { Random } from '../../values/clock.js';
import { withoutByteOrderMark } from '../../values/file-text.js';
import { sanitizeText } from '../../values/sanitize-text.js';
import { personOf, staticPrefix } from './claims.js';
import { EndedTokenError } from './refusals.js';

const entry = z.strictObject({
  name: z.string().regex(/^[\w.@-]{1,64}$/, 'has to be 1 to 64 letters, digits or . _ @ -'),
  sha256: z.string().regex(/^[\da-f]{64}$/i, 'has to be the SHA-256 of a token in 64 hexadecimal digits'),
  scopes: z
    .array(z.enum(scopes, { error: `has to be one of ${scopes.join(', ')}` }))
    .min(1, 'has to name a scope at least'),
  groups: z.array(z.string().regex(/^[^\p{Cc}]{1,200}$/u, 'has to be a name')).default([]),
  person: z
    .string()
    .regex(/^[^\p{Cc}]{1,200}$/u, 'has to be what tells the person, as the issuer would')
    .optional(),
  expires: z.iso.datetime({ offset: true, error: 'has to be a time such as 2027-01-01T00:00:00Z' }).optional(),
});
const file = z.strictObject({ tokens: z.array(entry).max(1_000) });
type Entry = z.infer<typeof entry>;

export interface TokensOptions {
  path: string;
  /** Epoch milliseconds. */
  now: () => number;
  /** Writes a line for the operator. */
  log: (line: string) => void;
}

export interface Tokens {
  /** Undefined when there is no entry for this token. Throws an `OAuthError` when the token has expired. */
  find: (token: string) => { principal: Principal; expiresAt: number } | undefined;
}

/** How often the file is read. A token that was removed may still work for this long. */
const readAgainMs = 2_000;

/** The gate needs an end for each token, so a token without one gets this time. */
const unendingSeconds = 3_600;

/**
 * Tokens for small teams, from a file that holds only their hashes. A fault at the start throws a `ConfigError`. When
 * the file has a fault later, the operator is told, and the tokens that were read last stay valid.
 */
export function readTokens({ path, now, log }: TokensOptions): Tokens {
  let version = versionOf(path);
  let entries = read(path, log);
  let readAgainAt = now() + readAgainMs;

  function readIfChanged(): void {
    if (now() < readAgainAt) return;
    readAgainAt = now() + readAgainMs;
    const found = versionOf(path);
    if (found === version) return;
    version = found;
    try {
      entries = read(path, log);
      log(`${path} was read again: ${entries.length} tokens.`);
    } catch (error) {
      const faults = error instanceof ConfigError ? error.faults : ['for a reason unknown'];
      log(`${path} has changed and cannot be used, so the tokens read last go on to count: ${faults.join(' ')}`);
    }
  }

  return {
    find(token) {
      readIfChanged();
      const hash = hashOf(token);
      // Every entry is compared, so that the time does not tell which one it was.
      const [found] = entries.filter(({ sha256 }) => timingSafeEqual(Buffer.from(sha256, 'hex'), hash));
      if (!found) return undefined;
      const ends = found.expires === undefined ? now() + unendingSeconds * 1_000 : Date.parse(found.expires);
      if (ends <= now()) throw new EndedTokenError();
      return { principal: principalFrom(found), expiresAt: Math.floor(ends / 1_000) };
    },
  };
}

/** Changes whenever the file changes, also when another file replaces it. */
function versionOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? [stats.ino, stats.size, stats.mtimeMs, stats.ctimeMs].join('/') : 'absent';
}

function read(path: string, log: (line: string) => void): readonly Entry[] {
  const parsed = file.safeParse(json(path));
  if (!parsed.success) throw new ConfigError(faultsOf(path, parsed.error));
  const { tokens } = parsed.data;
  const twice = [
    ...repeated(tokens.map((each) => each.name)).map((each) => `${path}: the name ${each} stands there twice.`),
    ...repeated(tokens.map(({ sha256 }) => sha256.toLowerCase())).map(
      (each) => `${path}: two entries are for the same token: ${namesOf(tokens, each)}.`,
    ),
  ];
  if (twice.length > 0) throw new ConfigError(twice);
  if (isOpenToOthers(path)) log(`${path} can be read by other users of this machine: chmod 600 it.`);
  return tokens;
}

function json(path: string): unknown {
  try {
    return JSON.parse(withoutByteOrderMark(readFileSync(path, 'utf8')));
  } catch (error) {
    // The parser's message quotes the text, which may hold a token by mistake.
    const reason = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new ConfigError([`The tokens file ${path} ${reason}.`]);
  }
}

/** Windows has no such bits. */
const isOpenToOthers = (path: string): boolean =>
  process.platform !== 'win32' && (statSync(path, { throwIfNoEntry: false })?.mode ?? 0) % 0o100 !== 0;

const repeated = (texts: readonly string[]): string[] => [
  ...new Set(texts.filter((each, index) => texts.indexOf(each) !== index)),
];

const namesOf = (tokens: readonly Entry[], hash: string): string =>
  tokens
    .filter(({ sha256 }) => sha256.toLowerCase() === hash)
    .map((each) => each.name)
    .join(' and ');

/** Says where a fault is, but not what is there, because that may be a token. */
function faultsOf(path: string, { issues }: z.ZodError): string[] {
  return issues.map((issue) => {
    const where = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
    const strange =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => sanitizeText(key, 30)).join(', ') : undefined;
    const what = strange === undefined ? issue.message : `does not know ${strange}`;
    return `${path}: ${where.replace(/^\./, '') || 'the file'} ${what}.`;
  });
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

const principalFrom = ({ name, groups, person, scopes: held }: Entry): Principal => ({
  id: `${staticPrefix}${name}`,
  name,
  groups,
  ...(person !== undefined && { person: personOf(person) }),
  scopes: held,
});

export interface NewToken {
  name: string;
  scopes: readonly string[];
  groups?: readonly string[];
  person?: string;
  /** A time such as 2027-01-01T00:00:00Z. */
  expires?: string;
}

/** Creates a new token, to be shown once, and its entry for the file, as JSON. Throws a `ConfigError`. */
export function tokenCommand(wanted: NewToken, { bytes }: Random): { token: string; entry: string } {
  const token = `pgf_${Buffer.from(bytes(32)).toString('base64url')}`;
  const parsed = entry.safeParse({ ...wanted, sha256: hashOf(token).toString('hex') });
  if (!parsed.success) throw new ConfigError(faultsOf('the new token', parsed.error));
  return { token, entry: JSON.stringify(parsed.data, null, 2) };
}
