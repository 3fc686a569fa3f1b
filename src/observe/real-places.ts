import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A text in which places in the bundle are those in the source, such as `src/cli/main.ts:57:9`. Maps are read when a
 * line names such a place, since Node's own switch for this reads all of them at every start.
 */
export const realPlaces = (text: string): string =>
  text.replace(placeInBundle, (place: string, root: string, file: string, line: string, column: string) => {
    try {
      return sourceOf(fileURLToPath(root), file, Number(line), Number(column)) ?? place;
    } catch {
      return place;
    }
  });

const placeInBundle = /(file:\/\/[^\s()]+\/)(dist\/[^\s()]+\.js):(\d+):(\d+)/g;

function sourceOf(root: string, file: string, line: number, column: number): string | undefined {
  const map = join(root, `${file}.map`);
  if (!existsSync(map)) return undefined;
  // The entry and not `findOrigin`, which counts on from there even across lines.
  const entry = new SourceMap(JSON.parse(readFileSync(map, 'utf8'))).findEntry(line - 1, column - 1);
  if (!('originalSource' in entry)) return undefined;
  return `${join(dirname(file), entry.originalSource)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}
