import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, type ElicitResult } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { Stage } from './stage.js';

export const entry = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** The server is told of another file; what is done to the sandbox stands in one beside it. */
export const auditLogIn = (folder: string): string => join(folder, 'audit.sandbox.jsonl');

export interface Answer {
  text: string;
  data: Record<string, unknown>;
  isError: boolean;
}

export interface Session {
  call: (name: string, args?: Record<string, unknown>) => Promise<Answer>;
  /** Decides what the script answers to the next question. */
  answerNext: (script: string) => void;
  toolCount: number;
  version: string;
  close: () => Promise<void>;
}

/** What the server is started on: the emulator, by itself or with real PostgreSQL behind it. */
type Sandbox = '--sandbox' | '--sandbox-postgres';

/** Starts the built server with the sandbox as a child process, and speaks MCP to it as any host would. */
export async function openSession(
  stage: Stage,
  folder: string,
  scenario = 'normal',
  sandbox: Sandbox = '--sandbox',
): Promise<Session> {
  let script = 'n';
  const client = new Client(
    { name: 'pgfleet-demo', version: '1.0.0' },
    { capabilities: { elicitation: { form: {} } }, versionNegotiation: { mode: 'auto' } },
  );
  client.setRequestHandler('elicitation/create', async ({ params }): Promise<ElicitResult> => {
    stage.quote(params.message);
    return answer(stage, params.message, script);
  });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [entry, sandbox, '--scenario', scenario, '--sandbox-speed', '10', '--profile', 'full'],
    env: {
      PATH: process.env['PATH'] ?? '',
      PGFLEET_AUDIT_LOG: join(folder, 'audit.jsonl'),
      PGFLEET_SECRETS_DIR: join(folder, 'secrets'),
    },
    stderr: 'inherit',
  });
  await client.connect(transport);
  const { tools } = await client.listTools();
  return {
    toolCount: tools.length,
    version: client.getServerVersion()?.version ?? '',
    answerNext: (text) => {
      script = text;
    },
    async call(name, args = {}) {
      const onprogress = ({ message }: { message?: string }) => stage.say(`  … ${message ?? ''}`);
      const result = await client.callTool({ name, arguments: args }, name === 'wait_for_job' ? { onprogress } : {});
      const [first] = result.content;
      const text = first?.type === 'text' ? first.text : '';
      return {
        text,
        data: (result.structuredContent ?? {}) as Record<string, unknown>,
        isError: result.isError === true,
      };
    },
    close: () => client.close(),
  };
}

/** A destructive call wants the name of what is lost; the others a yes. */
async function answer(stage: Stage, message: string, script: string): Promise<ElicitResult> {
  const name = /Type `([^`]+)` to confirm/.exec(message)?.[1];
  if (name) {
    const typed = await stage.ask(`Type ${name} to confirm, or n to decline:`, script === 'y' ? name : script);
    return typed === 'n' ? { action: 'decline' } : { action: 'accept', content: { name: typed } };
  }
  const said = await stage.ask('Go ahead? (y/n)', script);
  return said === 'y' ? { action: 'accept', content: { confirm: true } } : { action: 'decline' };
}
