/**
 * Something to read from the provider before a person is asked: the tool to call, where the records are in its answer,
 * and which fields the plan shows. A plan is void when a shown field has changed before the approval, except for those
 * that `moves` names.
 */
export interface PlanRead {
  /** What the records are, in the words of a person: `read replicas`, `newest backup`. */
  label: string;
  /** The read tool to call. */
  read: string;
  /**
   * Its arguments. `{dbInstanceId}` is taken from the record of `each`, the call, or the target that was read before,
   * and `{call.dbInstanceId}` only from the call.
   */
  with?: Readonly<Record<string, unknown>>;
  /**
   * The path of the record or the list of records in the answer. When left out, it is the whole answer. Of several
   * paths, the first one that exists is used, because documents and answers do not always agree.
   */
  at?: string | readonly string[];
  /** The path of records that hold those at `at`, such as `groups[]`. A record then has their fields too. */
  within?: string;
  /** Keeps records whose fields have these values, with `{…}` as in `with`. A list allows any of its values. */
  where?: Readonly<Record<string, string | readonly string[]>>;
  /** Keeps records whose fields do not have these values. */
  whereNot?: Readonly<Record<string, string>>;
  /** Keeps records in which these two fields differ, such as a value and its default. */
  differ?: readonly [string, string];
  /** Reads nothing, and finds nothing, unless this argument is given and not false. */
  ifGiven?: string;
  /**
   * Reads this list first, and then calls `read` once for each of its records that `where` keeps, with the fields of
   * that record.
   */
  each?: {
    read: string;
    with?: Readonly<Record<string, unknown>>;
    at: string;
    where?: Readonly<Record<string, string | readonly string[]>>;
  };
  /** The argument that counts pages, when the answer has pages. Further pages are read until a record matches. */
  pageBy?: string;
  /** Shows only the record that sorts last by this field. */
  newestBy?: string;
  /** The path of measured points, oldest first. The value of the last one becomes the field `last`. */
  lastOf?: string;
  /**
   * A record in words, such as `{action} {name} in database {databaseName}`, from the fields that are shown. In the
   * sentences of an effect, `{look.said}` is what all records of a look say.
   */
  says?: string;
  /** Dotted paths of the fields to show. */
  shows: readonly string[];
  /** Shown fields that change by themselves, such as a lag, an age or the end of a span. */
  moves?: readonly string[];
  /** It is decided on all of it, such as what is lost, so none is left out however long the plan gets. */
  isWhole?: true;
}

/** Reads the target of a call. The person types the name of the target before it is lost. */
export interface Target extends PlanRead {
  /** The argument that names the target, or a path such as `users[].name` when items of a list name it. */
  argument: string;
  /** The field with the name that people know the target by. */
  name: string;
  /** The tool that shows which ones exist. When left out, it is `read`. */
  listedBy?: string;
  /** Reads that always belong to the target. Each is made with the fields of the target. */
  also?: readonly PlanRead[];
  /** How a name leads to its id. Absent where it has no name of its own, or no list. */
  named?: Naming;
}

/** A read of the present state. Its records have a name, and paths such as `now.backupPeriod` begin with it. */
export interface StateLook extends Omit<PlanRead, 'label' | 'shows' | 'isWhole'> {
  /**
   * Why the answer can be older than the state itself. What is equal to it counts as a change all the same, because the
   * state may be another one by now.
   */
  lags?: string;
}

/** A read that tells which names there are. Each of its records is of one thing, and has its id and its name. */
export interface NameList
  extends Omit<PlanRead, 'label' | 'shows' | 'moves' | 'isWhole' | 'newestBy' | 'lastOf' | 'says'> {
  with: Readonly<Record<string, unknown>>;
  /** Where a record has the id, and where it has the name. */
  id: string;
  name: string;
  /** Where a record has the id of the instance that leads to it, so that a reference to that is taken too. */
  instance?: string;
  /** The number of the first page, where that is not 1. */
  pageFrom?: number;
  /** Where the answer says how many there are on all pages of `size`. Without it, an empty page is the end. */
  totalAt?: string;
  /** Fields in which several things of one name differ. */
  tells: readonly string[];
}

/** How the name that people know something by leads to the id that the provider knows it by. */
export interface Naming {
  /** More arguments that take its id, as paths such as `network.subnetId`, with `[]` where they are lists. */
  also?: readonly string[];
  /** Whatever has this form is an id, so that nobody looks for a name. */
  form: RegExp;
  /** Where the names are: the first read that a call has what it takes for. */
  lists: readonly [NameList, ...NameList[]];
}

/** Something that calls name by its id. */
export interface NamedThing extends Naming {
  /** The argument that takes the id, as a path. */
  argument: string;
  /** What it is, in the words of a person. */
  label: string;
}
