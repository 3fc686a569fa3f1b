import { readAddress } from '../../http/auth/protected-resources.js';
import { profileWords, type Selection, type ToolEntry } from '../../server/catalog.js';
import type { App } from '../app.js';
import type { Served } from '../served.js';

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
    const asked = readAddress(path);
    if (!asked) return 'There are /mcp, /mcp/readonly and /mcp/x/<profile>.';
    if (asked.profile?.every((word) => words.has(word)) ?? true) return asked;
    return `There is no such profile for /mcp/x/<profile>. Known are: ${[...words].join(', ')}.`;
  }

  return {
    faultOf(path) {
      // What is served there already has none.
      if (kept.has(path)) return undefined;
      const found = read(path);
      return typeof found === 'string' ? found : undefined;
    },
    served(path) {
      const held = kept.get(path);
      if (held) return held;
      const found = read(path);
      if (typeof found === 'string') return served({ profile: [], readOnly: false });
      const made = served(found);
      if (kept.size >= mostKept) kept.clear();
      kept.set(path, made);
      return made;
    },
  };
}
