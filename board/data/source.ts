import type { BoardTool } from '../../src/define/presentation.js';

/** Where the board gets its answers: the host of an MCP App, or the server whose page it is on. */
export interface Source {
  /** Whether there is a way to the tools. A host may show the board and pass nothing on. */
  canCall(): boolean;
  call(tool: BoardTool, input: Readonly<Record<string, unknown>>): Promise<ToolAnswer>;
}

/** The answer of a tool, in both of its forms. */
export interface ToolAnswer {
  text: string;
  /** Untrusted, like the text: it is read by the forms in `answers.ts`, and shown as text only. */
  data: unknown;
  isError: boolean;
}

interface ToolResult {
  content?: readonly { type: string; text?: string }[];
  structuredContent?: unknown;
  isError?: boolean;
}

export const answerOf = ({ content = [], structuredContent, isError = false }: ToolResult): ToolAnswer => ({
  text: content.flatMap(({ text }) => text ?? []).join('\n'),
  data: structuredContent,
  isError,
});
