/**
 * Something to read from the provider before a person is asked: which tool answers it, where in the answer the records
 * are, and which of their fields belong into the plan. Only fields that stand still by themselves: a plan whose fields
 * have changed by the time of the yes is void.
 */
export interface PlanRead {
  /** What the records are, as a person would say it: `read replicas`, `newest backup`. */
  label: string;
  /** The read tool that answers it. */
  read: string;
  /** Its arguments; `{dbInstanceId}` is taken from the call, or from the target that was read before. */
  with?: Readonly<Record<string, unknown>>;
  /**
   * Path of the record or the list of records in the answer; the whole answer when left out. Of several, the first that
   * leads to something: documents and answers do not always agree.
   */
  at?: string | readonly string[];
  /** Keeps records whose fields have these values; `{…}` as in `with`; a list means any of them. */
  where?: Readonly<Record<string, string | readonly string[]>>;
  /** Keeps records whose fields differ from these values. */
  whereNot?: Readonly<Record<string, string>>;
  /** Reads this list first, and then `read` once for each of its records, with its fields. */
  each?: { read: string; with?: Readonly<Record<string, unknown>>; at: string };
  /** The argument that counts pages, where the answer comes in pages: further ones are read until a record matches. */
  pageBy?: string;
  /** Shows only the record whose field sorts last. */
  newestBy?: string;
  /** Dotted paths of the fields to show. */
  shows: readonly string[];
}

/** A look at the very thing that a call is about; the person types its name before it is lost. */
export interface Target extends PlanRead {
  /** The argument that names it; a path such as `users[].name` where items of a list do. */
  argument: string;
  /** The field that holds the name a person knows it by. */
  name: string;
  /** The tool that shows which ones exist; `read` when left out. */
  listedBy?: string;
  /** Reads that always belong to it, each made with its fields. */
  also?: readonly PlanRead[];
}
