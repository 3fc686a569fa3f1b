import { createHash } from 'node:crypto';
import { stringify } from 'safe-stable-stringify';
import type { Danger, FieldChange, PlanRead, Risk, Target, Tool } from '../../define/index.js';
import { textAt, textsAt } from '../../values/json-path.js';
import { sanitizeText } from '../../values/sanitize-text.js';
import { type Values } from '../../values/values.js';
import type { CallEffect } from '../effect/effect-of.js';
import type { ResolvedName } from '../effect/resolved-name.js';
import { isWanted, type StateReader } from '../effect/state-reader.js';
import type { TouchedInstance } from '../effect/touched.js';
import { performPlanRead, pick, readTarget, type Shown } from './plan-reads.js';

/** What a person is asked about. A policy may have them asked about harmless calls too. */
export type PlanDanger = Omit<Danger, 'risk'> & { risk: Risk };

/** What a person decides on: what will be called, on what, as the provider knows it now, and what the effects are. */
export interface Plan {
  tool: string;
  title: string;
  /** The name of the account. */
  account: string;
  /** The product, and the account if that has a name of its own. */
  provider: string;
  /** The worst of the dangers. */
  risk: Risk;
  dangers: readonly PlanDanger[];
  /** What happens, and the way back, of all dangers. */
  warning: string;
  undo: string;
  changes: readonly FieldChange[];
  touches: readonly TouchedInstance[];
  /** Whether there can be more of them. */
  isTouchedUnknown: boolean;
  /** What could not be seen, as sentences. */
  unknown: readonly string[];
  /** The arguments, with secrets masked. */
  arguments: Values;
  /** What the names that the caller gave turned out to mean. The arguments have the ids. */
  named?: readonly ResolvedName[];
  /** What was read of the target and around it. */
  shown: readonly Shown[];
  /** The name to type before something is lost. */
  name: string;
  /** What the person calls the target, such as `DB instance`. */
  label?: string;
  /**
   * The hash of everything above, without what changes by itself, and whatever name the ids were found by. A consent
   * holds only for this.
   */
  hash: string;
}

export interface PlannedCall {
  tool: Tool;
  account: string;
  product: string;
  targets: readonly Target[];
  input: Values;
  named: readonly ResolvedName[];
  /** What else bears the id of the target as its name. */
  namesakes: () => Promise<readonly ResolvedName[]>;
  /** The arguments with secrets masked. */
  shown: Values;
  effect: CallEffect;
  /** The argument with the name of what does not exist yet. */
  creates?: string;
  read: StateReader;
  /** The looks for the plan, when they have begun already. */
  looks?: Promise<PlanLooks>;
}

/** What a plan shows of the target and around it, as the provider tells it now. */
export interface PlanLooks {
  found: readonly { target: Target; records: readonly Values[] }[];
  shown: readonly Shown[];
}

/** Reads the target again, and what is around it. Throws when there is no such target, or when it cannot be read. */
export async function planLooks(
  call: Pick<PlannedCall, 'tool' | 'targets' | 'input' | 'creates' | 'read'>,
): Promise<PlanLooks> {
  const { tool, input, read } = call;
  const targets = call.targets.filter(
    ({ argument }) => textsAt(input, argument).length > 0 && argument !== call.creates,
  );
  const found = await Promise.all(
    targets.map(async (target) => ({ target, records: await readTarget(target, input, read) })),
  );
  const about = Object.assign({}, ...found.map(({ records }) => (records.length === 1 ? records[0] : {})), input, {
    call: input,
  }) as Values;
  const own = (tool.planReads ?? []).filter((planRead) => isWanted(planRead, input));
  const isOwn = ({ label }: PlanRead) => own.some((each) => each.label === label);
  const shown = await Promise.all([
    ...found.flatMap(({ target, records }) => [
      Promise.resolve<Shown>({
        label: target.label,
        records: records.map((each) => pick(each, [target.name, ...target.shows])),
        isWhole: true,
      }),
      ...(target.also ?? [])
        .filter((also) => !isOwn(also))
        .map((also) => performPlanRead(also, { ...about, ...single(records), ...input }, read)),
    ]),
    ...own.map((planRead) => performPlanRead(planRead, about, read)),
  ]);
  return { found, shown };
}

/** Writes the plan. Throws when there is no such target, or when it cannot be read. */
export async function planOf(dangers: readonly PlanDanger[], call: PlannedCall): Promise<Plan> {
  const { tool, shown: args, effect } = call;
  const [looks, namesakes] = await Promise.all([call.looks ?? planLooks(call), call.namesakes()]);
  const { found } = looks;
  const measures = effect.measures.map(({ label, values }) => ({
    label,
    records: [values],
    moves: Object.keys(values),
  }));
  const shown: Shown[] = [...looks.shown, ...measures];
  const last = found.at(-1);
  const names = found.flatMap(({ target, records }) => textAt(single(records), target.name) ?? []);
  const plan = {
    tool: tool.name,
    title: tool.title,
    account: call.account,
    provider: call.product,
    risk: dangers[0]?.risk ?? tool.risk,
    dangers,
    warning: sentences(dangers.map(({ warning }) => warning)),
    undo: sentences(dangers.map(({ undo }) => undo)),
    changes: effect.changes,
    touches: effect.touched.instances,
    isTouchedUnknown: effect.touched.unknown !== undefined,
    unknown: effect.unknown,
    arguments: args,
    shown,
    name: sanitizeText(names.at(-1) ?? '') || sanitizeText(nameGiven(call)),
    label: last?.target.label,
  };
  const named = [...call.named, ...namesakes];
  return { ...plan, ...(named.length > 0 && { named }), hash: hashOf({ ...plan, shown: shown.map(standing) }) };
}

const single = (records: readonly Values[]): Values => (records.length === 1 ? (records[0] ?? {}) : {});

/** Of several dangers, the same sentence is said once. */
const sentences = (texts: readonly string[]): string => [...new Set(texts)].join(' ');

/** What was shown, without what changes by itself. */
export const standing = ({ moves = [], records, ...shown }: Shown) => ({
  ...shown,
  records: records.map((record) =>
    Object.fromEntries(Object.entries(record).filter(([path]) => !moves.includes(path))),
  ),
});

export const hashOf = (value: unknown): string =>
  createHash('sha256')
    .update(stringify(value) ?? '')
    .digest('base64url');

/**
 * Without a named target, it is the one instance that is concerned, the name that something new gets, the last value of
 * the path, or the tool itself.
 */
function nameGiven({ tool, shown: args, effect }: PlannedCall): string {
  if (effect.makes) return effect.makes;
  const [only, ...others] = effect.touched.instances;
  if (only?.name && others.length === 0) return only.name;
  if (!effect.isRename && effect.givesNames.length > 0) return effect.givesNames.join(', ');
  const last = [...tool.route.matchAll(/\{(\w+)\}/g)].at(-1)?.[1];
  return (last && textAt(args, last)) || tool.name;
}
