import type { CallToolResult } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { InputError } from '../../../call/errors.js';
import type { FoundKind } from '../../../define/search/index.js';
import { nearestTo } from '../../../values/nearest.js';
import { quoteText } from '../../../values/sanitize-text.js';
import { accountsMeant } from '../answer/answer.js';
import type { FleetTool, FleetToolContext } from '../fleet-tool.js';
import { instanceArgument } from '../instance.js';
import { type DescribedOperation, type OperationCatalogue, offeredWords } from './described-operation.js';
import { line, rowOf } from './found-kind.js';
import { preparedAnswer } from './prepared-answer.js';

/** How many kinds of operations an answer has. */
const mostNamed = 8;

/** The tools through which others are found and run. They are in every list, so nobody has to find them. */
const ways: ReadonlySet<string> = new Set([
  'find_operation',
  'run_read_operation',
  'run_operation',
  'confirm_operation',
]);

export const findOperation: FleetTool = {
  name: 'find_operation',
  title: 'Find operation',
  description:
    'Finds operations by what somebody wants (want), in English or Korean: the eight that fit best, and the runbook. ' +
    'With operation: its whole schema; with instance too, a call prepared from the instance as it is. ' +
    'With runbook: its text.',
  readOnly: true,
  destructive: false,
  idempotent: true,
  input: z.object({
    want: z.string().min(1).describe('e.g. the disk is full').optional(),
    operation: z.string().min(1).optional(),
    runbook: z.string().min(1).optional(),
    instance: instanceArgument.optional(),
    provider: z.string().min(1).optional(),
  }),
  async run(input, caller, context) {
    const { want, operation, runbook, instance } = input as Question;
    if ([want, operation, runbook].filter((each) => each !== undefined).length !== 1)
      throw new InputError(['It takes one of want, operation and runbook.']);
    if (runbook !== undefined) return runbookText(runbook, instance, context);
    const isOffered = (name: string) => caller.reach?.includes(name) !== false;
    if (want !== undefined) return found(want, input, isOffered, context);
    const described = describedAs(operation ?? '', isOffered, context);
    return instance === undefined ? schemaOf(described) : preparedAnswer(described, instance, caller, context);
  },
};

interface Question {
  want?: string;
  operation?: string;
  runbook?: string;
  instance?: string;
  provider?: string;
}

/** The best of what somebody can call, a line each for operations that do alike. */
async function found(
  want: string,
  { provider, instance }: Question,
  isOffered: (name: string) => boolean,
  { fleet, catalogue, databases }: FleetToolContext,
): Promise<CallToolResult> {
  const meant = accountsMeant(provider, fleet.accounts);
  const asked = instance === undefined ? undefined : (await fleet.find(instance)).instances;
  const ofAccounts = new Set(
    asked?.map((each) => each.provider) ??
      fleet.accounts.flatMap((account) => (meant.has(account.name) ? [account.provider] : [])),
  );
  const search = await catalogue.search();
  const providers = new Set([...ofAccounts, 'pgfleet', ...(databases.isConfigured ? ['inspect'] : [])]);
  const isNamed = (name: string) => isOffered(name) && !ways.has(name);
  const worded = offeredWords(isOffered, catalogue);
  const kinds = search.search(want, { providers, isOffered: isNamed, limit: mostNamed }).flatMap(({ names, kind }) => {
    const [best, ...alike] = names.flatMap((name) => catalogue.operations.get(name) ?? []).map(worded);
    return best ? [{ kind, best, alike }] : [];
  });
  const runbook = search.runbookFor(want);
  const next = [
    ...withheld(search.search(want, { providers, limit: 1 }), isNamed, catalogue),
    ...(kinds.length > 0 ? [howToGoOn(isOffered)] : []),
    ...(runbook === undefined ? [] : [`find_operation {"runbook":"${runbook}"} is the runbook for it.`]),
    ...(kinds.length === 0 ? [noneDoes] : []),
  ].join(' ');
  return {
    content: [{ type: 'text', text: [`For ${quoteText(want, 100)}:`, ...kinds.map(line), next].join('\n') }],
    structuredContent: { ...(kinds.length > 0 && { operations: kinds.map(rowOf) }), next },
  };
}

function howToGoOn(isOffered: (name: string) => boolean): string {
  const runners = ['run_read_operation', 'run_operation'].filter(isOffered);
  const unlisted = runners.length > 0 ? ` What is not listed is run by ${runners.join(' or ')}.` : '';
  return `find_operation with operation has the whole schema, and with instance a prepared call.${unlisted}`;
}

/** What fits best, where it is outside of what can be called here. */
const withheld = ([best]: readonly FoundKind[], isNamed: (name: string) => boolean, catalogue: OperationCatalogue) =>
  best === undefined || best.names.some(isNamed)
    ? []
    : [`"${catalogue.operations.get(best.names[0] ?? '')?.title}" fits best, and is not offered here.`];

const noneDoes =
  "No operation here does that, as far as words tell: what the providers' APIs do not do is done in their consoles.";

function describedAs(
  name: string,
  isOffered: (name: string) => boolean,
  { catalogue }: FleetToolContext,
): DescribedOperation {
  const known = catalogue.operations.get(name);
  if (known && isOffered(name)) return offeredWords(isOffered, catalogue)(known);
  if (known) throw new InputError([`operation: "${known.title}" is not offered here.`]);
  const near = nearestTo(name, [...catalogue.operations.keys()].filter(isOffered));
  const meant = near === undefined ? '' : ` Did you mean ${near}?`;
  throw new InputError([`operation: there is none named ${quoteText(name, 60)}.${meant}`]);
}

function schemaOf({ name, title, risk, description, inputSchema }: DescribedOperation): CallToolResult {
  const text = [`- ${name} (${risk}): ${title}. ${description}`, `- arguments: ${JSON.stringify(inputSchema)}`].join(
    '\n',
  );
  return {
    content: [{ type: 'text', text }],
    structuredContent: { operation: name, risk, does: description, inputSchema },
  };
}

async function runbookText(name: string, instance: string | undefined, { catalogue }: FleetToolContext) {
  const text = await catalogue.runbook(name, instance === undefined ? {} : { instance });
  if (text === undefined) {
    const known = await catalogue.runbooks();
    throw new InputError([`runbook: there is none named ${quoteText(name, 60)}. There are ${known.join(', ')}.`]);
  }
  return { content: [{ type: 'text' as const, text }], structuredContent: { runbook: name, next: text } };
}
