import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

// Some libraries are CommonJS and ask for Node's own modules at run time.
const banner = {
  js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
};
const common = { bundle: true, platform: 'node', format: 'esm', target: 'node20.18', sourcemap: true, splitting: true };

await Promise.all(['dist', 'build'].map((folder) => rm(folder, { recursive: true, force: true })));

// What is published: everything that runs is in it, in chunks at the edges where something is loaded late.
await build({
  ...common,
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  banner,
  sourcesContent: false,
  // Names are read in logs and error messages.
  keepNames: true,
  legalComments: 'none',
});

// Programs of the project itself.
await build({
  ...common,
  entryPoints: ['src/docs/write-catalog.ts', 'src/docs/run-update.ts', 'demo/demo.ts', 'bench/*.ts'],
  outbase: '.',
  outdir: 'build',
  packages: 'external',
});

const { status } = spawnSync(process.execPath, ['build/src/docs/write-catalog.js', 'dist/tools.json'], { stdio: 'inherit' });
process.exitCode = status ?? 1;
