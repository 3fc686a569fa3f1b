import { jsonText } from '../../call/answer/json-text.js';
import type { AuditLine } from '../../call/audit/line.js';
import { ConfigError } from '../../define/config-error.js';
import { loadToolset, type ToolEntry } from '../../server/catalog.js';
import { makeCall } from './call.js';
import type { ShellContext, ShellFlags } from './context.js';
import { optionOf } from './operation-arguments.js';
import { openSession, type ShellSession } from './session.js';
import { commandLine, wayBack } from './way-back.js';

/** More lines of the record than this are not searched for a call. */
const mostLines = 20_000;

/** Shows the call that leads back from a recorded one, and with `run` makes it. */
export async function undoCommand(id: string, flags: ShellFlags, context: ShellContext): Promise<void> {
  const { json, run, approved, ...settings } = flags;
  const session = await openSession(settings, context);
  try {
    const line = await recordedCall(id, session);
    const undo = await undoOf(line.tool, session.operations);
    const back = wayBack(line, undo, session.operations);
    if (run === undefined) {
      const fields = { call: line.call, operation: line.tool, undo, ...(back && { way: back }) };
      return context.say(json ? `${jsonText(fields)}\n` : offer(line, undo, back));
    }
    if (!back || back.missing.length > 0) throw new ConfigError([offer(line, undo, back).trim()]);
    await makeCall({ operation: back.operation, args: back.arguments, json, approved }, session, context);
  } finally {
    await session.close();
  }
}

function offer({ tool, time, caller }: AuditLine, undo: string, back: ReturnType<typeof wayBack>): string {
  const what = `${tool} of ${time}${caller === undefined ? '' : `, by ${caller}`}. Way back: ${undo}`;
  if (!back) return `${what}\nNo call can be prepared for it from the record.\n`;
  const missing = back.missing.map(optionOf).join(', ');
  return `${what}\n\n${commandLine(back)}\n${missing && `It needs ${missing} too, which the record does not tell.\n`}`;
}

/** The attempt of a call, by its id or the beginning of it. Throws where nothing was done that could be undone. */
async function recordedCall(id: string, { audit }: ShellSession): Promise<AuditLine> {
  const lines = (await audit.latest(mostLines)).filter(({ call }) => id.length >= 6 && call.startsWith(id));
  const calls = new Set(lines.map(({ call }) => call));
  if (calls.size > 1) throw new ConfigError([`${calls.size} calls have an id that begins so; write more of it.`]);
  const attempt = lines.find(({ event }) => event === 'attempt');
  const outcome = lines.find(({ event }) => event === 'outcome')?.outcome;
  if (lines.length === 0)
    throw new ConfigError(['There is no such call in the audit record; the field "call" of a line has its id.']);
  if (!attempt || outcome === 'failed')
    throw new ConfigError(['That call changed nothing, so there is no way back from it.']);
  return attempt;
}

/** The way back as the operation declares it. One without a danger declares none: its values can be set again. */
async function undoOf(name: string, operations: readonly ToolEntry[]): Promise<string> {
  const provider = operations.find((entry) => entry.name === name)?.provider ?? '';
  const toolset = await loadToolset(provider);
  const tool = Object.values(toolset?.groups ?? {})
    .flat()
    .find((each) => each.name === name);
  return tool?.undo ?? 'Set the values before again.';
}
