import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packExtension } from '@anthropic-ai/mcpb';
import type { ToolEntry } from '../../server/catalog.js';
import { identity } from '../../server/identity/identity.js';
import { packageFacts } from './index.js';
import { koreanManifest, localePath, mcpbManifest } from './mcpb.js';
import { iconPath } from './raster-icon.js';

/** What the server needs, and what has to be handed on with it. */
const contents = ['dist', 'package.json', 'README.md', 'LICENSE', 'THIRD-PARTY-NOTICES'];

/** Packs what the build made into a bundle in this folder, and gives its path. It runs at the root of the project. */
export async function bundleMcpb(entries: readonly ToolEntry[], target: string): Promise<string> {
  const facts = await packageFacts();
  const folder = await mkdtemp(join(tmpdir(), 'pgfleet-mcpb-'));
  try {
    for (const name of contents) await cp(name, join(folder, name), { recursive: true });
    await cp(iconPath, join(folder, 'icon.png'));
    await mkdir(join(folder, dirname(localePath)));
    await writeFile(join(folder, localePath), JSON.stringify(koreanManifest(), null, 2));
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(mcpbManifest(facts, entries), null, 2));
    const outputPath = join(target, `${identity.packageName}-${facts.version}.mcpb`);
    if (await packExtension({ extensionPath: folder, outputPath, silent: true })) return outputPath;
    throw new Error('The bundle could not be packed; what is wrong with its manifest stands above.');
  } finally {
    await rm(folder, { recursive: true });
  }
}
