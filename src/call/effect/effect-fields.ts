import type { Danger, FieldChange } from '../../define/index.js';
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
  ...(changes.length > 0 && { changes }),
  ...(dangers.length > 0 && { dangers }),
});
