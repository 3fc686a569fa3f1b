import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Ends every server below a folder by the id that it wrote down, and removes the folder: once it is closed, or once
 * this process ends, however it does.
 */
export function guard(folder: string): { close: () => Promise<void> } {
  const child = spawn('/bin/sh', ['-c', script, 'sh', folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    // A signal to the terminal's group would end it first.
    detached: true,
  });
  child.unref();
  const { stdin } = child;
  if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
  return {
    async close() {
      child.ref();
      const ended = once(child, 'exit');
      stdin.end();
      await ended;
    },
  };
}

const script = `
cat > /dev/null
ids=$(head -q -n 1 "$1"/*/postmaster.pid 2> /dev/null)
[ -z "$ids" ] || kill -QUIT $ids
for id in $ids; do while kill -0 "$id" 2> /dev/null; do sleep 0.05; done; done
rm -rf "$1"
`;
