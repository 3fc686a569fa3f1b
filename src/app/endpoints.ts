import { profileWords, type Selection, type ToolEntry } from '../server/catalog.js';
import type { App } from './app.js';
import type { Served } from './served.js';

export interface Endpoints {
  /** Says why nothing is served at a path. Undefined when something is. */
  faultOf: (path: string) => string | undefined;
  /** What is listed at a path: every tool, or fewer. */
  served: (path: string) => Served;
}

/** The number of kept lists has a limit, because any caller can combine groups in ever new ways. */
const mostKept = 200;

/** Serves `/mcp`, `/mcp/x/<profile>`, and either with `/readonly`. A path can narrow the list but never widen it. */
export function endpoints(served: App['served'], catalog: readonly ToolEntry[]): Endpoints {
  const words = profileWords(catalog);
  const kept = new Map<string, Served>();

  function read(path: string): Selection | string {
    const [, , ...parts] = path.split('/');
    const readOnly = parts.at(-1) === 'readonly';
    const [x, profile, ...rest] = readOnly ? parts.slice(0, -1) : parts;
    if (x === undefined) return { readOnly };
    if (x !== 'x' || profile === undefined || rest.length > 0)
      return 'There are /mcp, /mcp/readonly and /mcp/x/<profile>.';
    const asked = (decoded(profile) ?? '').split(',');
    const unknown = asked.filter((word) => !words.has(word));
    if (unknown.length === 0) return { profile: asked, readOnly };
    return `There is no such profile. Known are: ${[...words].join(', ')}.`;
  }

  return {
    faultOf(path) {
      const found = read(path);
      return typeof found === 'string' ? found : undefined;
    },
    served(path) {
      const held = kept.get(path);
      if (held) return held;
      const found = read(path);
      const made = served(typeof found === 'string' ? { profile: [], readOnly: false } : found);
      if (kept.size >= mostKept) kept.clear();
      kept.set(path, made);
      return made;
    },
  };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
