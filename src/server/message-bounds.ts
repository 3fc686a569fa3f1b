import { isRecord, type Values } from '../values/values.js';

interface Bound {
  what: string;
  most: number;
  of: (message: Values, params: Values) => unknown;
}

const shortest = 200;

/** What identifies something in a message. Its length decides what is kept, logged and sent back. */
const bounds: readonly Bound[] = [
  { what: 'The id of a request', most: shortest, of: ({ id }) => id },
  { what: 'The name of a method', most: shortest, of: ({ method }) => method },
  { what: 'The id of a cancelled request', most: shortest, of: (_, { requestId }) => requestId },
  { what: 'A progress token', most: shortest, of: (_, { progressToken }) => progressToken },
  { what: 'A progress token', most: shortest, of: (_, { _meta }) => (isRecord(_meta) ? _meta['progressToken'] : '') },
  { what: 'A name', most: shortest, of: (_, { name }) => name },
  { what: 'An address', most: 2_000, of: (_, { uri }) => uri },
  // What a task has to know travels in its id.
  { what: 'The id of a task', most: 8_000, of: (_, { taskId }) => taskId },
];

/** Says what in a message is too long. Undefined when nothing is. */
export function overlongIn(message: unknown): string | undefined {
  if (!isRecord(message)) return undefined;
  const { params } = message;
  const given = isRecord(params) ? params : {};
  const found = bounds.find(({ most, of }) => {
    const value = of(message, given);
    return typeof value === 'string' && value.length > most;
  });
  return found && `${found.what} has at most ${found.most} characters.`;
}

/** The id to answer with: that of the message, unless it is too long itself. */
export const answerableId = (message: unknown): unknown => {
  const id = isRecord(message) ? message['id'] : undefined;
  return typeof id === 'number' || (typeof id === 'string' && id.length <= shortest) ? id : null;
};
