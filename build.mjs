import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

// Some libraries are CommonJS and ask for Node's own modules at run time.
const banner = {
  js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
};
const common = { bundle: true, platform: 'node', format: 'esm', target: 'node20.18', sourcemap: true, splitting: true };

/** The validator brings its messages in fifty languages, and those of the product are English. */
const englishOnly = {
  name: 'english-only',
  setup({ onLoad }) {
    onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({ contents: "export { default as en } from './en.js';" }));
  },
};

await Promise.all(['dist', 'build'].map((folder) => rm(folder, { recursive: true, force: true })));

// What is published: everything that runs is in it, in chunks at the edges where something is loaded late.
await build({
  ...common,
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  // Of a library that has both, the modules of today: only what is used of them is taken.
  mainFields: ['module', 'main'],
  banner,
  sourcesContent: false,
  // Less to read at each start; names stay as they are, since they stand in logs and error messages.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  plugins: [englishOnly],
});

// Programs of the project itself.
await build({
  ...common,
  entryPoints: ['src/docs/write-catalog.ts', 'src/docs/run-update.ts', 'demo/demo.ts', 'bench/*.ts'],
  outbase: '.',
  outdir: 'build',
  packages: 'external',
  // Each finds what it starts beside itself.
  splitting: false,
});

const { status } = spawnSync(process.execPath, ['build/src/docs/write-catalog.js', 'dist/tools.json'], { stdio: 'inherit' });
process.exitCode = status ?? 1;
