import { spawnSync } from 'node:child_process';
import { copyFile, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { rolldown } from 'rolldown';
import { buildBoard } from './board/build.mjs';

const target = 'node20.18';

// Some libraries are CommonJS and ask for Node's own modules at run time.
const banner = `import { createRequire as requireOf } from 'node:module';
const require = requireOf(import.meta.url), __dirname = import.meta.dirname;`;

await Promise.all(['dist', 'build'].map((folder) => rm(folder, { recursive: true, force: true })));

const bundled = await bundle();

const font = 'node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf';
await copyFile(font, 'dist/DejaVuSans.ttf');
// The parser looks for it beside the chunk that it is in.
await copyFile('node_modules/libpg-query/wasm/libpg-query.wasm', 'dist/chunks/libpg-query.wasm');
// So does what writes the scripts for completion.
await cp('node_modules/@pnpm/tabtab/lib/templates', 'dist/chunks/templates', { recursive: true });
// What is shown in a browser: one page for hosts of MCP Apps and for the page of the HTTP server.
const board = await buildBoard();
await writeFile('dist/board.html', board.html);
const files = [...bundled, ...board.files, font];
await writeFile('THIRD-PARTY-NOTICES', await noticesOf(files));

// Programs of the project itself.
await build({
  bundle: true,
  platform: 'node',
  format: 'esm',
  target,
  sourcemap: true,
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
});

const { status } = spawnSync(process.execPath, ['build/src/docs/write-catalog.js', 'dist'], { stdio: 'inherit' });
process.exitCode = status ?? 1;

/**
 * Bundles what is published into `dist`: everything that runs is in it, in parts at the edges where something is loaded
 * late. Gives the paths of all that went into it.
 */
async function bundle() {
  // What one way of serving always loads is one part: in 70 files, a start took 183 ms where it takes 151 now.
  const entries = {
    start: 'src/cli/serve/serving.ts',
    http: 'src/cli/serve/serving-http.ts',
    sandbox: 'src/app/sandbox/sandbox.ts',
  };
  // What more than one of them loads comes before what only one does, since a part takes along what it imports.
  const parts = ['start', 'http-sandbox', 'http', 'sandbox'];
  // By the path of a module: the ways of serving that load it. What is in a start is left out of the others.
  const loadedBy = new Map();
  const grouping = {
    name: 'grouping',
    buildEnd() {
      const visit = (id, entry) => {
        const module = this.getModuleInfo(id);
        const before = loadedBy.get(id) ?? [];
        if (before.includes('start') || before.includes(entry) || !module || module.isExternal) return;
        loadedBy.set(id, [...before, entry]);
        for (const imported of module.importedIds) visit(imported, entry);
      };
      for (const [entry, path] of Object.entries(entries)) visit(resolve(path), entry);
    },
  };
  const program = await rolldown({
    input: { main: 'src/cli/main.ts' },
    platform: 'node',
    tsconfig: true,
    transform: { target },
    resolve: {
      // Of a library that has both, the modules of today: only what is used of them is taken.
      mainFields: ['module', 'main'],
      // The SDK's own place for what differs between platforms.
      alias: { '@modelcontextprotocol/server/_shims': resolve('src/server/sdk-shims.ts') },
    },
    // They are compiled for each machine, so they are installed beside the package where they are wanted.
    external: ['@resvg/resvg-js', 'pg-native'],
    plugins: [grouping],
  });
  const { output } = await program.write({
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    codeSplitting: {
      groups: parts.map((name) => ({ name, test: (id) => loadedBy.get(id)?.join('-') === name })),
    },
    banner,
    sourcemap: true,
    sourcemapExcludeSources: true,
    comments: { legal: false },
    // Less to read at each start; names stay as they are, since they stand in logs and error messages.
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  });
  return output.flatMap(({ moduleIds = [] }) => moduleIds.map((id) => relative('.', id)));
}

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
