import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the servers that all files share. They are started by the first that needs them. */
    postgresFolder: string;
  }
}

/** Ends the servers that the run started, by the ids that they wrote down. */
export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-postgres-'));
  project.provide('postgresFolder', folder);
  return () => {
    for (const name of readdirSync(folder)) {
      const file = join(folder, name, 'postmaster.pid');
      if (!existsSync(file)) continue;
      const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
      end(pid);
    }
    rmSync(folder, { recursive: true, force: true });
  };
}

/** Waits for the process too, since it writes into its folder while it ends. */
function end(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT');
    execFileSync('tail', [`--pid=${pid}`, '-f', '/dev/null']);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
