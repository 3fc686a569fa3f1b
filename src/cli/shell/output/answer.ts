import type { CallToolResult } from '@modelcontextprotocol/server';
import { isRecord, type Values } from '../../../values/values.js';

/** The fields of an answer, or none. */
export const fieldsOf = ({ structuredContent }: CallToolResult): Values =>
  isRecord(structuredContent) ? structuredContent : {};

/** All of its text. */
export const answerWords = ({ content }: CallToolResult): string =>
  content.flatMap((part) => (part.type === 'text' ? part.text : [])).join('\n');
