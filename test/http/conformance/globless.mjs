// The conformance program imports `globSync`, which came with Node 22, for a command that is not used here. On Node 20
// this stands in for it: `node --import globless.mjs …/conformance/dist/index.js`.
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) register(import.meta.url);

export async function load(url, context, next) {
  const loaded = await next(url, context);
  if (!url.endsWith('/@modelcontextprotocol/conformance/dist/index.js')) return loaded;
  return { ...loaded, source: String(loaded.source).replace('globSync as', 'readdirSync as') };
}
