import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';

export type Row = Readonly<Record<string, string | undefined>>;

/** Where the demo is shown, and who answers its questions. */
export interface Stage {
  /** True when a person answers. */
  isInteractive: boolean;
  title(text: string): void;
  say(text: string): void;
  /** What the server said, set off from the rest. */
  quote(text: string): void;
  table(rows: readonly Row[]): void;
  /** Asks the person; `script` is what is answered when there is none. */
  ask(question: string, script: string): Promise<string>;
  close(): void;
}

/** The terminal: interactive when it is one and nobody passed `--yes`. */
export function createStage(): Stage {
  const { stdin: input, stdout: output, argv } = process;
  const isInteractive = input.isTTY && output.isTTY && !argv.includes('--yes');
  const terminal = isInteractive ? createInterface({ input, output }) : undefined;
  const write = (text: string) => void output.write(`${text}\n`);
  return {
    isInteractive,
    title: (text) => write(`\n${styleText(['bold', 'cyan'], `■ ${text}`)}`),
    say: (text) => write(text),
    quote: (text) => write(styleText('dim', text.split('\n').map(quoted).join('\n'))),
    table: (rows) => write(tableText(rows)),
    async ask(question, script) {
      const prompt = `${styleText('yellow', question)} `;
      if (terminal) return terminal.question(prompt);
      write(prompt + script);
      return script;
    },
    close: () => terminal?.close(),
  };
}

const quoted = (line: string): string => `  │ ${line}`;

/** Columns as wide as their widest value. */
function tableText(rows: readonly Row[]): string {
  const names = Object.keys(rows[0] ?? {});
  const width = (name: string) => Math.max(name.length, ...rows.map((row) => (row[name] ?? '').length));
  const line = (values: (name: string) => string | undefined) =>
    `  ${names.map((name) => (values(name) ?? '').padEnd(width(name))).join('  ')}`;
  return [
    styleText(
      'bold',
      line((name) => name),
    ),
    ...rows.map((row) => line((name) => row[name])),
  ].join('\n');
}
