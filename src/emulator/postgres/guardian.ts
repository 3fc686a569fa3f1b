import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';

/**
 * Ends every server below a folder by the id that it wrote down, and removes the folder: once it is closed, or once
 * this process ends, however it does.
 */
export function guard(folder: string): { close: () => Promise<void> } {
  const child = spawn('/bin/sh', ['-c', script, 'sh', folder], {
    stdio: ['pipe', 'pipe', 'ignore'],
    cwd: '/',
    // A signal to the terminal's group would end it first.
    detached: true,
  });
  child.unref();
  const { stdin } = child;
  for (const pipe of [stdin, child.stdout]) if (pipe instanceof Socket) pipe.unref();
  return {
    async close() {
      child.ref();
      // It says so once the servers are gone, and goes on to remove the folder.
      const gone = Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
      stdin.end();
      await gone;
      child.stdout.destroy();
      child.unref();
    },
  };
}

const script = `
trap '' PIPE
cat > /dev/null
ids=
for file in "$1"/*/postmaster.pid; do
  [ ! -r "$file" ] || { read -r id < "$file"; ids="$ids $id"; }
done
[ -z "$ids" ] || kill -QUIT $ids
for id in $ids; do while kill -0 "$id" 2> /dev/null; do sleep 0.05; done; done
echo gone
rm -rf "$1"
`;
