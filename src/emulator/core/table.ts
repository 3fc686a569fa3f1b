/** Rows of one kind, in the order in which they were added. */
export class Table<R extends { id: string | number }> {
  readonly #rows = new Map<R['id'], R>();

  constructor(
    readonly noun: string,
    /** Makes the error for a request that names a missing row. */
    readonly missing: (noun: string, id: R['id']) => Error,
  ) {}

  add(row: R): R {
    this.#rows.set(row.id, row);
    return row;
  }

  find(id: R['id']): R | undefined {
    return this.#rows.get(id);
  }

  /** Refuses the request when there is no such row. */
  get(id: R['id']): R {
    const row = this.find(id);
    if (!row) throw this.missing(this.noun, id);
    return row;
  }

  all(): R[] {
    return [...this.#rows.values()];
  }

  remove(id: R['id']): void {
    this.#rows.delete(id);
  }

  removeWhere(isGone: (row: R) => boolean): void {
    for (const row of this.all()) if (isGone(row)) this.remove(row.id);
  }
}
