import { isRecord } from '../../../values/values.js';

/** A step of a plan, in the order in which a plan is read. */
export interface PlanStep {
  depth: number;
  /** Such as `Seq Scan`. */
  type: string;
  schema?: string;
  relation?: string;
  index?: string;
  /** What the planner expects of one run. */
  rows: number;
  /** Bytes of a row. */
  width: number;
  cost: number;
  /** How often it is run, as the planner expects it. */
  runs: number;
  /** Conditions with their kind, as the server wrote them. They are never shown as they are. */
  conditions: readonly { kind: string; text: string }[];
}

const conditionKinds = [
  'Filter',
  'Index Cond',
  'Recheck Cond',
  'Hash Cond',
  'Merge Cond',
  'Join Filter',
  'Sort Key',
  'Group Key',
];

/** The steps of a plan in the server's JSON. Empty where it has another form. */
export function stepsOf(answer: unknown): PlanStep[] {
  const [first] = Array.isArray(answer) ? (answer as unknown[]) : [];
  const root = isRecord(first) ? first['Plan'] : undefined;
  return isRecord(root) ? unfold(root, 0, 1) : [];
}

function unfold(node: Readonly<Record<string, unknown>>, depth: number, runs: number): PlanStep[] {
  const text = (key: string) => (typeof node[key] === 'string' ? node[key] : undefined);
  const number = (key: string) => Number(node[key] ?? 0);
  const type = text('Node Type') ?? 'step';
  const children = (Array.isArray(node['Plans']) ? (node['Plans'] as unknown[]) : []).filter(isRecord);
  const outer = children.find((child) => child['Parent Relationship'] === 'Outer');
  // The inner side of a nested loop runs once for each row of the outer one.
  const runsOf = (child: Readonly<Record<string, unknown>>) =>
    type === 'Nested Loop' && child['Parent Relationship'] === 'Inner'
      ? runs * Math.max(1, Number(outer?.['Plan Rows'] ?? 1))
      : runs;
  const step: PlanStep = {
    depth,
    type,
    schema: text('Schema'),
    relation: text('Relation Name'),
    index: text('Index Name'),
    rows: number('Plan Rows'),
    width: number('Plan Width'),
    cost: number('Total Cost'),
    runs,
    conditions: conditionKinds.flatMap((kind) => {
      const value = node[kind];
      const written = Array.isArray(value) ? value.join(', ') : value;
      return typeof written === 'string' ? [{ kind, text: written }] : [];
    }),
  };
  return [step, ...children.flatMap((child) => unfold(child, depth + 1, type === 'Materialize' ? 1 : runsOf(child)))];
}
