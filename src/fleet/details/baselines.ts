import * as z from 'zod';
import { InputError } from '../../call/errors.js';
import type { KeptTexts } from '../../store/kept-texts.js';
import type { ComparedState } from './state.js';

/** The state of instances at a moment, kept under a name. */
export interface Baseline {
  /** ISO 8601. */
  saved: string;
  /** By reference. */
  instances: Readonly<Record<string, { name: string; state: ComparedState }>>;
}

export interface Baselines {
  /** Throws an `InputError` for a name under which nothing is kept. */
  get(name: string): Promise<Baseline>;
  save(name: string, baseline: Baseline): Promise<void>;
  names(): Promise<readonly string[]>;
}

/** What a baseline may be called. The first letter keeps it from meaning anything to a file system. */
export const baselineName = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,39}$/u;

const mostBaselines = 100;

const baselineSchema = z.object({
  saved: z.string(),
  instances: z.record(z.string(), z.object({ name: z.string(), state: z.record(z.string(), z.string()) })),
});

export function baselinesIn(texts: KeptTexts): Baselines {
  return {
    async get(name) {
      const text = await texts.read(name);
      if (text !== undefined) return baselineSchema.parse(JSON.parse(text));
      const known = (await texts.names()).join(', ') || 'none yet';
      throw new InputError([`baseline: there is none called ${name}; there are ${known}. save keeps one.`]);
    },
    async save(name, baseline) {
      const names = await texts.names();
      if (names.length >= mostBaselines && !names.includes(name))
        throw new InputError([
          `save: ${mostBaselines} baselines are kept already; give the name of one to replace it.`,
        ]);
      await texts.write(name, JSON.stringify(baseline));
    },
    names: () => texts.names(),
  };
}
