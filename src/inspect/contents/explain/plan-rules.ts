import { type Evidence, type Severity } from '../../../define/finding.js';
import { bytesText } from '../../checks/reading.js';
import type { PlanStep } from './plan.js';

/** A table of a plan, as far as its rows are counted. */
export interface PlannedTable {
  schema: string;
  name: string;
  /** As it is written in a statement. */
  quoted: string;
  /** What the planner believes. Negative where nothing was ever counted. */
  rows: number;
  /** Rows that changed since they were last counted. */
  changed: number;
  isAnalysed: boolean;
}

/** What a plan is judged by. */
export interface PlanFacts {
  steps: readonly PlanStep[];
  tables: readonly PlannedTable[];
  /** Bytes that one sort or one hash table may take in memory. */
  sortMemory: number;
  hashMemory: number;
  /** What the runs so far really gave, where that can be compared. */
  meanRows?: number;
  tempBytes: number;
}

/** What is wrong with a plan. */
export interface PlanFinding {
  rule: PlanRule;
  severity: Severity;
  title: string;
  evidence: readonly Evidence[];
  /** For an owner to run. The server quoted what is in it. */
  statement?: string;
  step?: PlanStep;
}

export type PlanRule = 'whole_table' | 'repeated_scan' | 'estimate_off' | 'old_statistics' | 'spills_to_disk';

/** From where on a plan is a finding. All are our own, since plans are judged by eye elsewhere. */
const limits = {
  /** Rows of a table that are not worth an index. */
  smallTable: 10_000,
  /** The part that a filter keeps, above which reading the whole table is right. */
  keptPart: 0.1,
  /** Rows that are read again and again. */
  repeatedRows: 1_000_000,
  /** Times that an estimate may be off. */
  off: 10,
  /** The part of a table that may change before its statistics are old. */
  changedPart: 0.5,
} as const;

const count = (rows: number) => Math.round(rows).toLocaleString('en-US');

type Rule = (facts: PlanFacts) => PlanFinding[];

const tableOf = ({ tables }: PlanFacts, { schema, relation }: PlanStep) =>
  tables.find((table) => table.schema === schema && table.name === relation);

const scans = ({ steps }: PlanFacts) => steps.filter(({ type }) => type.endsWith('Seq Scan'));

const wholeTable: Rule = (facts) =>
  scans(facts).flatMap((step) => {
    const table = tableOf(facts, step);
    const isFiltered = step.conditions.some(({ kind }) => kind === 'Filter');
    if (!table || !isFiltered || table.rows < limits.smallTable) return [];
    if (step.rows > table.rows * limits.keptPart) return [];
    const evidence = [
      { field: 'table', value: table.quoted },
      { field: 'reads', value: `about ${count(table.rows)} rows` },
      { field: 'keeps', value: `about ${count(step.rows)}` },
    ];
    return [
      { rule: 'whole_table', severity: 'warning', title: 'Reads a whole table for few of its rows', evidence, step },
    ];
  });

const repeatedScan: Rule = (facts) =>
  scans(facts).flatMap((step) => {
    const table = tableOf(facts, step);
    const rows = Math.max(0, table?.rows ?? 0) * step.runs;
    if (!table || step.runs < 2 || rows < limits.repeatedRows) return [];
    const evidence = [
      { field: 'table', value: table.quoted },
      { field: 'read', value: `about ${count(step.runs)} times, ${count(rows)} rows in all` },
    ];
    return [
      { rule: 'repeated_scan', severity: 'warning', title: 'Reads a whole table again and again', evidence, step },
    ];
  });

const estimateOff: Rule = ({ steps, meanRows }) => {
  const [top] = steps;
  if (!top || meanRows === undefined) return [];
  const [expected, came] = [Math.max(1, top.rows), Math.max(1, meanRows)];
  const times = Math.max(expected / came, came / expected);
  if (times < limits.off) return [];
  const evidence = [
    { field: 'expected', value: `${count(top.rows)} rows` },
    { field: 'came on average', value: `${Number(meanRows.toPrecision(3))} rows` },
    { field: 'off by', value: `${count(times)} times` },
  ];
  return [{ rule: 'estimate_off', severity: 'warning', title: 'Expects another number of rows than comes', evidence }];
};

const oldStatistics: Rule = ({ tables }) =>
  tables.flatMap((table) => {
    const { rows, changed, isAnalysed, quoted } = table;
    if (isAnalysed && changed <= Math.max(limits.smallTable, rows * limits.changedPart)) return [];
    if (!isAnalysed && changed === 0) return [];
    const evidence = [
      { field: 'table', value: quoted },
      {
        field: 'changed since',
        value: `${count(changed)} of about ${rows < 0 ? 'an unknown number of' : count(rows)} rows`,
      },
      ...(isAnalysed ? [] : [{ field: 'analysed', value: 'never since the counters began' }]),
    ];
    const title = 'Plans with statistics that are old';
    return [{ rule: 'old_statistics', severity: 'warning', title, evidence, statement: `ANALYZE ${quoted};` }];
  });

const spills: Rule = ({ steps, sortMemory, hashMemory, tempBytes }) =>
  steps.flatMap((step) => {
    const memory = { Sort: sortMemory, Hash: hashMemory }[step.type];
    const bytes = step.rows * step.width;
    if (memory === undefined || bytes <= memory) return [];
    const evidence = [
      { field: 'step', value: step.type },
      { field: 'holds', value: `about ${bytesText(bytes)}` },
      { field: 'memory', value: `${bytesText(memory)} (work_mem)` },
      ...(tempBytes > 0 ? [{ field: 'temporary files so far', value: bytesText(tempBytes) }] : []),
    ];
    const title = `${step.type === 'Sort' ? 'Sorts' : 'Hashes'} more than fits into memory, so on disk`;
    return [{ rule: 'spills_to_disk', severity: 'warning', title, evidence, step }];
  });

const rules: readonly Rule[] = [wholeTable, repeatedScan, estimateOff, oldStatistics, spills];

/** What the rules find, in the order of the rules. */
export const judgePlan = (facts: PlanFacts): readonly PlanFinding[] => rules.flatMap((rule) => rule(facts));
