/** What people say when they want an operation, by the operation's name: goals, symptoms and slang in two languages. */
export type Asks = Readonly<Record<string, Readonly<{ en: readonly string[]; ko: readonly string[] }>>>;
