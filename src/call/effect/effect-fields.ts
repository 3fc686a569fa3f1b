import type { Danger, FieldChange } from '../../define/index.js';
import { describeRanges } from '../../values/admission.js';
import type { TouchedInstance } from './touched.js';

export interface ShownEffect {
  touches: readonly TouchedInstance[];
  changes: readonly FieldChange[];
  dangers: readonly (Omit<Danger, 'risk'> & { risk: string })[];
  /** Whether there can be more instances than those that were found. */
  isUnknown: boolean;
}

/** What a call does, for programs: the same fields in every answer that speaks of it. */
export const effectFields = ({ touches, changes, dangers, isUnknown }: ShownEffect) => ({
  touches: isUnknown ? 'unknown' : touches.length > 0 ? touches : 'none',
  ...(changes.length > 0 && { changes: changes.map(changeFields) }),
  ...(dangers.length > 0 && { dangers }),
});

/**
 * A change without what follows from the rest of it: of a list what is added and what goes, who gets in by it, and of a
 * record in a list no more than its name, since the arguments stand beside it.
 */
function changeFields({ before, after, added = [], removed = [], admits, ...others }: FieldChange) {
  const { argument: _, ...change } = others;
  const parts = { ...(added.length > 0 && { added }), ...(removed.length > 0 && { removed }) };
  return {
    ...change,
    ...(Object.keys(parts).length > 0 ? parts : { before, after }),
    ...(admits && { admits: whoMoves(admits) }),
  };
}

/** Who gets in by a change of ranges, and who no longer does, in words. */
export function whoMoves({ gained, lost, admitted }: NonNullable<FieldChange['admits']>): string[] {
  const parts = [...whoText('lets in', gained), ...whoText('keeps out', lost)];
  const all = admitted ? [whoText('then gets in', admitted)[0] ?? 'then nobody gets in'] : [];
  return [...(parts.length > 0 ? parts : ['no effect: who gets in is decided as before']), ...all];
}

const whoText = (what: string, { ranges, unjudged }: NonNullable<FieldChange['admits']>['gained']): string[] => {
  const texts = describeRanges([...ranges, ...unjudged]);
  return texts.length > 0 ? [`${what} ${texts.join(', ')}`] : [];
};
