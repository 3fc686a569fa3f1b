import type { CallToolResult } from '@modelcontextprotocol/server';
import { jsonText } from '../../../call/answer/json-text.js';
import { fence } from '../../../call/answer/to-result.js';
import { readWith, resolveTool } from '../../../call/call-context.js';
import type { Caller } from '../../../call/caller.js';
import { prepareCall } from '../../../call/effect/prepare.js';
import { stateReader } from '../../../call/effect/state-reader.js';
import { InputError } from '../../../call/errors.js';
import { authorize } from '../../../call/guard/authorize.js';
import { about } from '../../../call/guard/read-rights.js';
import { requiredFields } from '../../../define/index.js';
import { accountNameOf } from '../../account.js';
import { sayableReference } from '../../find.js';
import type { FleetInstance } from '../../instance.js';
import type { FleetToolContext } from '../fleet-tool.js';
import type { DescribedOperation } from './described-operation.js';

/** A call of an operation as an instance is now, to be completed by whoever asks. */
export async function preparedAnswer(
  operation: DescribedOperation,
  text: string,
  caller: Caller,
  context: FleetToolContext,
): Promise<CallToolResult> {
  const { fleet, accounts, clock } = context;
  const instance = onlyOne((await fleet.find(text)).instances, operation);
  const account = accountNameOf(instance);
  const resolved = await resolveTool(operation.name, accounts);
  if (!resolved) throw new InputError([`operation: ${operation.name} is a tool of pgfleet's own; call it itself.`]);
  const { title, redact } = await accounts.connection(account);
  const read = stateReader(
    {
      async read(tool, input) {
        const subject = { tool, risk: 'read', provider: instance.provider, account } as const;
        await authorize(subject, { caller, instances: about(instance.name) }, context);
        return readWith(tool, input, account, accounts, caller);
      },
      needs: async (tool) => requiredFields((await resolveTool(tool, accounts))?.tool.input ?? resolved.tool.input),
    },
    clock.now(),
  );
  const prepared = await prepareCall({ resolved, id: instance.id, now: clock.now() }, read);
  const clean = redact();
  const args = clean.value(prepared.arguments);
  const opens = prepared.opens.map(clean.text).join(' ');
  const note = [opens && `What opens access: ${opens}`, preparedOnly].filter(Boolean).join(' ');
  const lines = [
    `- ${operation.name} for ${sayableReference(instance)}, as it is now:`,
    Object.keys(args).length > 0 ? fence(args, title) : 'Nothing of the instance is an argument of it.',
    ...prepared.missing.map((path) => `- missing: ${described(path, operation)}`),
    ...prepared.secret.map((path) => `- secret, never filled: ${described(path, operation)}`),
    ...(prepared.leftOut.length > 0 ? [`- left out: ${prepared.leftOut.join(', ')}`] : []),
    note,
  ];
  return {
    content: [{ type: 'text', text: lines.join('\n') }],
    structuredContent: {
      operation: operation.name,
      instance: instance.reference,
      arguments: args,
      ...nonEmpty({ missing: prepared.missing, secret: prepared.secret, leftOut: prepared.leftOut }),
      note,
    },
  };
}

const preparedOnly = 'It is prepared only: nothing was sent, and nobody has agreed to it.';

function onlyOne(instances: readonly FleetInstance[], { provider, name }: DescribedOperation): FleetInstance {
  const fitting = instances.filter((each) => each.provider === provider);
  const [only] = fitting;
  if (only && fitting.length === 1) return only;
  const references = instances.map(sayableReference).join(', ');
  throw new InputError([
    fitting.length > 1
      ? `instance: it fits several: ${references}; give the reference of one.`
      : `instance: ${references} is not of the provider of ${name}.`,
  ]);
}

/** An argument, and what it takes. */
function described(path: string, { inputSchema }: DescribedOperation): string {
  const schema = schemaAt(inputSchema, path.split('.'));
  return schema === undefined ? path : `${path} ${jsonText(schema)}`;
}

function schemaAt(schema: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return schema;
  const { properties, items } = (schema ?? {}) as { properties?: Record<string, unknown>; items?: unknown };
  const name = key.replace('[]', '');
  return schemaAt(properties?.[name] ?? (items as { properties?: Record<string, unknown> })?.properties?.[name], rest);
}

const nonEmpty = (lists: Readonly<Record<string, readonly string[]>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
