import { spawnSync } from 'node:child_process';
import { copyFile, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { buildBoard } from './board/build.mjs';

// Some libraries are CommonJS and ask for Node's own modules at run time.
const banner = {
  js: `import { createRequire as requireOf } from 'node:module';
const require = requireOf(import.meta.url), __dirname = import.meta.dirname;`,
};
const common = { bundle: true, platform: 'node', format: 'esm', target: 'node20.18', sourcemap: true, splitting: true };

await Promise.all(['dist', 'build'].map((folder) => rm(folder, { recursive: true, force: true })));

// What is published: everything that runs is in it, in chunks at the edges where something is loaded late.
const { metafile } = await build({
  ...common,
  entryPoints: ['src/cli/main.ts'],
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
  metafile: true,
  // They are compiled for each machine, so they are installed beside the package where they are wanted.
  external: ['@resvg/resvg-js', 'pg-native'],
  // The SDK's own place for what differs between platforms.
  alias: { '@modelcontextprotocol/server/_shims': './src/server/sdk-shims.ts' },
});

const font = 'node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf';
await copyFile(font, 'dist/DejaVuSans.ttf');
// The parser looks for it beside the chunk that it is in.
await copyFile('node_modules/libpg-query/wasm/libpg-query.wasm', 'dist/chunks/libpg-query.wasm');
// So does what writes the scripts for completion.
await cp('node_modules/@pnpm/tabtab/lib/templates', 'dist/chunks/templates', { recursive: true });
// What is shown in a browser: one page for hosts of MCP Apps and for the page of the HTTP server.
const board = await buildBoard();
await writeFile('dist/board.html', board.html);
const files = [...Object.keys(metafile.inputs), ...board.files, font];
await writeFile('THIRD-PARTY-NOTICES', await noticesOf(files));

// Programs of the project itself.
await build({
  ...common,
  entryPoints: [
    'src/docs/write-catalog.ts',
    'src/docs/run-update.ts',
    'src/docs/run-bundle.ts',
    'src/docs/run-release.ts',
    'demo/demo.ts',
    'bench/*.ts',
  ],
  outbase: '.',
  outdir: 'build',
  packages: 'external',
  // Each finds what it starts beside itself.
  splitting: false,
});

const { status } = spawnSync(process.execPath, ['build/src/docs/write-catalog.js', 'dist'], { stdio: 'inherit' });
process.exitCode = status ?? 1;

/** What the authors of each library that one of the files belongs to want to be handed on: its licence and notices. */
async function noticesOf(files) {
  const folders = files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []);
  const texts = await Promise.all([...new Set(folders)].sort().map(noticeOf));
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

async function noticeOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  const files = (await readdir(folder)).filter((each) => /^(licen[cs]e|notice)(\.\w+)?$/i.test(each)).sort();
  const texts = await Promise.all(files.map((file) => readFile(`${folder}/${file}`, 'utf8')));
  return [`${name} ${version}\n${license}\n`, ...texts].join('\n');
}
