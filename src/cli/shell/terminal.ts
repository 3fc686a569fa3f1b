import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';

export interface TerminalStreams {
  input: NodeJS.ReadStream;
  /** Where the person reads. It is never stdout, which belongs to the answer. */
  output: NodeJS.WriteStream;
}

/** Asks one question. Undefined where the person ends the input or interrupts it. */
export async function askAt({ input, output }: TerminalStreams, question: string): Promise<string | undefined> {
  const lines = createInterface({ input, output });
  const ended = new Promise<undefined>((resolve) => lines.once('close', () => resolve(undefined)));
  lines.once('SIGINT', () => lines.close());
  try {
    return await Promise.race([lines.question(question), ended]);
  } finally {
    lines.close();
  }
}

export const allOf = (input: NodeJS.ReadStream): Promise<string> => text(input);
