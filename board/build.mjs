import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';

/**
 * The board as one page that loads nothing from elsewhere: an MCP App is a single text. Its policy allows the one script
 * and the one style that stand in it, and no text that becomes HTML. Beside it the files that it was made of.
 */
export async function buildBoard() {
  const [{ text: script, files }, { text: style }] = await Promise.all([
    bundled('board/main.ts'),
    bundled('board/board.css'),
  ]);
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  const template = await readFile('board/board.html', 'utf8');
  const html = template.replace(/\{(policy|style|script)\}/g, (_, part) => ({ policy, style, script })[part]);
  return { html, files };
}

const hashOf = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

async function bundled(entry) {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    format: 'iife',
    target: 'es2023',
    legalComments: 'none',
    // The SDK's own place for what differs between platforms.
    alias: { '@modelcontextprotocol/client/_shims': './board/sdk-shims.ts' },
    plugins: [withoutLanguages],
  });
  return { text: outputFiles[0].text.trim(), files: Object.keys(metafile.inputs) };
}

/** The validator brings its messages in all languages, which nobody reads here. */
const withoutLanguages = {
  name: 'without-languages',
  setup: ({ onLoad }) =>
    onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    })),
};
