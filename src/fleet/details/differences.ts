import { canonicalValue } from './parameter-values.js';
import { type ComparedState, listFields, parameter } from './state.js';

/** A field that is not the same everywhere. */
export interface Difference {
  field: string;
  /** In the order of the states. Undefined where the field is not known. */
  values: readonly (string | undefined)[];
}

export interface Differences {
  differences: readonly Difference[];
  /** How many parameters only one of the states knows, because providers tell different ones. */
  lone: number;
}

/** What differs between states. What one of them does not know is no difference. */
export function differencesBetween(states: readonly ComparedState[]): Differences {
  const fields = [...new Set(states.flatMap((state) => Object.keys(state)))];
  const all = fields.map((field) => ({ field, values: states.map((state) => state[field]) }));
  return {
    differences: all
      .filter(differs)
      .map((each) => (listFields.has(each.field) ? { ...each, values: withoutCommon(each.values) } : each)),
    lone: all.filter(({ field, values }) => field.startsWith(parameter) && known(values).length === 1).length,
  };
}

const known = (values: Difference['values']): string[] => values.filter((value) => value !== undefined);

function differs({ field, values }: Difference): boolean {
  if (!field.startsWith(parameter)) return new Set(known(values)).size > 1;
  const name = field.slice(parameter.length);
  return new Set(known(values).map((value) => canonicalValue(name, value))).size > 1;
}

const between = ', ';

/** Of lists, what is not in all of them. */
function withoutCommon(values: Difference['values']): Difference['values'] {
  const lists = values.map((value) => value?.split(between));
  const [first = [], ...others] = lists.filter((list) => list !== undefined);
  const common = new Set(first.filter((item) => others.every((list) => list.includes(item))));
  return lists.map((list) => list && (list.filter((item) => !common.has(item)).join(between) || 'nothing more'));
}
