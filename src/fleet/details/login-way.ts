import type { Values } from '../../values/values.js';
import type { Read } from '../adapter.js';

/** An operation of the provider, as a step of making a login to look with, or of taking it away. */
export interface AccessStep {
  operation: string;
  arguments: Values;
  /** It makes what the step before it reserved take effect, so that there is nothing to look at before that. */
  follows?: true;
}

/** What was made at the provider, by the ids that it is taken away with. */
export type MadeThing =
  | { kind: 'login'; name: string; id?: string }
  | { kind: 'access rule'; id: string }
  | { kind: 'network rule'; id: string; group: string };

export interface AccessQuestion {
  /** The provider's id of the instance. */
  id: string;
  login: string;
  /** One address, as a range. */
  address: string;
}

/** How a provider lets a look in: what its operations make, and what they do not. */
export interface LoginWay {
  /** What a login made by its operation can do, as a sentence. */
  rights: string;
  /** What no operation of the provider does, as sentences. */
  notByApi: readonly string[];
  /** The steps that make it. Left out where the provider makes no logins. */
  steps?: (question: AccessQuestion, read: Read) => Promise<readonly AccessStep[]>;
  /** What the provider has by now of all that the steps make. */
  made?: (question: AccessQuestion, read: Read) => Promise<readonly MadeThing[]>;
  /** The steps that take away what is still there of the things that were made. */
  removal?: (things: readonly MadeThing[], id: string, read: Read) => Promise<readonly AccessStep[]>;
  /** The operation that lets the address in, where somebody else makes the login. */
  opens?: (question: AccessQuestion) => AccessStep;
}

/** In place of a password: one is made, kept in a file, and shown nowhere. */
export const generatedPassword = 'secret://generate';
