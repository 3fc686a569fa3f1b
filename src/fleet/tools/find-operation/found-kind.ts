import { type OperationKind, operationKinds } from '../../../define/search/kinds.js';
import type { DescribedOperation } from './described-operation.js';

/** Operations that are found together, since they do alike: the best first. */
export interface OfferedKind {
  kind: OperationKind | undefined;
  best: DescribedOperation;
  alike: readonly DescribedOperation[];
}

/** A line that begins with the names, as in lists of operations. */
export function line({ kind, best, alike }: OfferedKind): string {
  if (alike.length === 0) return `- ${best.name} (${best.risk}): ${doesOf(best)}${needed(best)}`;
  return `- ${[best, ...alike].map(brief).join(', ')}: ${doesOf(best, kind)}`;
}

/** The same as a row, in which those that do alike stand beside the best, in words. */
export const rowOf = ({ kind, best, alike }: OfferedKind) => ({
  name: best.name,
  risk: best.risk,
  does: alike.length > 0 ? doesOf(best, kind) : doesOf(best),
  ...(needs(best).length > 0 && { needs: needs(best).join(', ') }),
  ...(alike.length > 0 && { alike: alike.map(brief).join(', ') }),
});

const brief = (operation: DescribedOperation): string =>
  `${operation.name} (${[operation.risk, ...needs(operation)].join(', ')})`;

/** What one operation does, or what all of its kind do. */
const doesOf = ({ description }: DescribedOperation, kind?: OperationKind): string =>
  kind === undefined ? (/^.*?\.(?=\s|$)/s.exec(description)?.[0] ?? description) : operationKinds[kind];

const needed = (operation: DescribedOperation): string =>
  needs(operation).length > 0 ? ` Needs ${needs(operation).join(', ')}.` : '';

const needs = ({ inputSchema }: DescribedOperation): readonly string[] => inputSchema.required ?? [];
