import { readFileSync } from 'node:fs';
import * as z from 'zod';
import {
  type HookTarget,
  hookEventTypes,
  hookLanguages,
  hookShapes,
  keysIn,
  usualEvents,
} from '../observe/hooks/target.js';
import { intervalsOf, isLoopbackRange } from '../values/address-range.js';
import { withoutByteOrderMark } from '../values/file-text.js';
import { isRecord, type Values } from '../values/values.js';
import { words } from './serving/serving-settings.js';
import type { Sources } from './sources.js';

interface HookSources {
  /** The path of the file of targets. */
  path: string;
  sources: Sources;
  /** The names of the accounts that there are. */
  accounts: readonly string[];
  faults: string[];
}

export interface ReadHookTargets {
  targets: readonly HookTarget[];
  /** Environment variables that the file refers to. */
  variables: readonly string[];
}

/** The places outside that events are sent to, from a file of its own. */
export function readHookTargets(options: HookSources): ReadHookTargets {
  const { path, faults } = options;
  const { targets: entries, ...others } = objectIn(path, faults);
  for (const key of Object.keys(others)) faults.push(`${key} in ${path} is not known. It has targets.`);
  if (!isRecord(entries) || Object.keys(entries).length === 0) {
    faults.push(`${path} has to hold { "targets": { … } }, with at least one target by its name.`);
    return { targets: [], variables: [] };
  }
  const all = Object.entries(entries);
  return {
    targets: all.flatMap(([name, entry]) => targetOf(name, entry, options)),
    variables: all.flatMap(([, entry]) =>
      Object.values(isRecord(entry) ? entry : {}).flatMap((value) =>
        isRecord(value) && typeof value['env'] === 'string' ? [value['env']] : [],
      ),
    ),
  };
}

/** The parts of an address and a key that must not appear in any log. */
export const secretsOfHooks = (targets: readonly HookTarget[]): (string | undefined)[] =>
  targets.flatMap(({ url, key }) => {
    const { pathname, search } = new URL(url);
    const path = `${pathname}${search}`;
    const keys = keysIn(key).flatMap((each) => [each, each.replace(/^whsec_/, '')]);
    return [url, path.length > 1 ? path : undefined, ...keys];
  });

const keyForm = /^whsec_(?:[A-Za-z0-9+/]{4}){8,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The members of a target. Each can be a text, or name the place that it is in, as in the configuration file. */
const members = {
  url: { form: z.url({ protocol: /^https?$/ }), meaning: 'an https URL' },
  key: {
    form: z.string().refine((text) => {
      const keys = keysIn(text);
      return keys.length > 0 && keys.length <= 2 && keys.every((each) => keyForm.test(each));
    }),
    meaning:
      'whsec_ and at least 24 bytes in base64, as from: echo "whsec_$(openssl rand -base64 32)"; or two of these',
  },
  events: { form: words.pipe(z.array(z.enum(hookEventTypes))), meaning: `some of ${hookEventTypes.join(', ')}` },
  accounts: { form: words, meaning: 'names of accounts' },
  shape: { form: z.enum(hookShapes), meaning: hookShapes.join(', ') },
  language: { form: z.enum(hookLanguages), meaning: hookLanguages.join(', ') },
  allow: {
    form: words.refine((ranges) => ranges.every((range) => intervalsOf(range).length > 0)),
    meaning: 'addresses or ranges such as 10.0.0.0/8',
  },
} as const;
type Member = keyof typeof members;
type Given = { [Key in Member]?: z.infer<(typeof members)[Key]['form']> };

function targetOf(name: string, entry: unknown, options: HookSources): HookTarget[] {
  const { path, faults, accounts: known } = options;
  const where = `targets.${name} in ${path}`;
  const before = faults.length;
  if (!/^[\w-]{1,40}$/.test(name)) faults.push(`${where} has to be named by letters, digits, _ and -.`);
  if (!isRecord(entry)) {
    faults.push(`${where} has to be an object.`);
    return [];
  }
  const {
    url,
    key,
    shape = 'standard',
    language = 'en',
    allow = [],
    accounts,
    ...given
  } = membersOf(entry, where, options);
  if (url === undefined && entry['url'] === undefined) faults.push(`${where} lacks url.`);
  if (entry['key'] === undefined && shape === 'standard') faults.push(`${where} lacks key: ${members.key.meaning}.`);
  const strange = (accounts ?? []).filter((account) => !known.includes(account));
  if (strange.length > 0) faults.push(`accounts of ${where} are: ${known.join(', ') || 'none'}.`);
  if (url !== undefined) faults.push(...faultsOfUrl(new URL(url), allow).map((fault) => `url of ${where} ${fault}`));
  if (url === undefined || faults.length > before) return [];
  return [{ name, url, key, shape, language, allow, accounts, events: given.events ?? usualEvents(shape) }];
}

/** A value is never quoted, because an address of a chat is a secret as a whole. */
function faultsOfUrl({ protocol, hostname, username, password }: URL, allow: readonly string[]): string[] {
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  const isAllowed = isHere && allow.some(isLoopbackRange);
  return [
    ...(protocol === 'https:' || isAllowed
      ? []
      : ['has to be https; http goes to this machine alone, where allow names it, as in "allow": ["127.0.0.1"].']),
    ...(username || password ? ['has to have no user and no password: the key signs what is sent.'] : []),
  ];
}

function membersOf(entry: Values, where: string, { sources, faults }: HookSources): Given {
  const given: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(entry)) {
    const at = `${key} of ${where}`;
    if (!Object.hasOwn(members, key)) {
      faults.push(`${at} is not known. Known are: ${Object.keys(members).join(', ')}.`);
      continue;
    }
    const found = sources.resolve(value, at);
    const { form, meaning } = members[key as Member];
    const parsed = found && form.safeParse(found.text);
    if (parsed?.success) given[key] = parsed.data;
    else if (found) faults.push(`${at} has to be ${meaning}.`);
  }
  return given;
}

function objectIn(path: string, faults: string[]): Values {
  try {
    const value: unknown = JSON.parse(withoutByteOrderMark(readFileSync(path, 'utf8')));
    if (isRecord(value)) return value;
  } catch (error) {
    // What is wrong in a text is not quoted, as it may hold a key.
    faults.push(`The hooks ${path} ${error instanceof SyntaxError ? 'are not JSON' : 'cannot be read'}.`);
  }
  return {};
}
