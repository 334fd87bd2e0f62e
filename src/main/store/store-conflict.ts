/** The state in the database is not the one that the caller's step needs: a bug in the caller, it crashes. */
export class StoreConflict extends Error {
  override readonly name = 'StoreConflict'
}

/** Each state change names the states it may start from and must meet exactly one row. */
export function changedOne(result: { readonly changes: number }, what: string): void {
  if (result.changes !== 1) {
    throw new StoreConflict(`${what}: ${result.changes} rows were in a state that allows it, not 1`)
  }
}
