import * as z from 'zod';
import type { KeptTexts } from '../../store/kept-texts.js';
import type { MadeThing } from './login-way.js';

const thing: z.ZodType<MadeThing> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('login'), name: z.string(), id: z.string().optional() }),
  z.object({ kind: z.literal('access rule'), id: z.string() }),
  z.object({ kind: z.literal('network rule'), id: z.string(), group: z.string() }),
]);

const schema = z.object({
  login: z.string(),
  /** The database that looks are made in. */
  database: z.string(),
  address: z.string(),
  /** Where its password is. Left out where it was not made. */
  passwordFile: z.string().optional(),
  /** What the provider has of it, as it was seen last. */
  things: z.array(thing),
  /** ISO 8601. */
  since: z.string(),
  by: z.string(),
});

/** A login that pgfleet made to look with, and all that it made for it. */
export type MadeAccess = z.infer<typeof schema>;

/** What was made, by the references of instances. It outlives the process, so that it can be taken away again. */
export interface MadeAccesses {
  of(reference: string): Promise<MadeAccess | undefined>;
  keep(reference: string, access: MadeAccess): Promise<void>;
  forget(reference: string): Promise<void>;
}

/** What is kept of an instance where nothing is made any more. */
const nothing = 'null';

export function madeAccessesIn(texts: Pick<KeptTexts, 'read' | 'write'>): MadeAccesses {
  const nameOf = (reference: string) => Buffer.from(reference).toString('base64url');
  return {
    async of(reference) {
      const text = await texts.read(nameOf(reference));
      return text === undefined || text === nothing ? undefined : schema.parse(JSON.parse(text));
    },
    keep: (reference, access) => texts.write(nameOf(reference), JSON.stringify(access)),
    forget: (reference) => texts.write(nameOf(reference), nothing),
  };
}

/** Texts that end with the process, as what was made in an emulated account does. */
export function passingTexts(): Pick<KeptTexts, 'read' | 'write'> {
  const texts = new Map<string, string>();
  return {
    read: async (name) => texts.get(name),
    write: async (name, text) => void texts.set(name, text),
  };
}
