/**
 * One piece of work on the database, written once for both: it yields statements and is resumed with their
 * outcome. SQLite runs it straight through; PostgreSQL waits for the network in between. It may be run again
 * from the start when the database asks for that, so it must do nothing but SQL.
 */
export type Work<T> = Generator<Step, T, Outcome>

export type Step = Statement | Lock

export interface Statement {
  /** `?` for each value; names in double quotes keep their case; a last ` FOR UPDATE` is PostgreSQL's only. */
  readonly text: string
  readonly values: readonly Value[]
}

/** Until the transaction ends, for whoever asks for the same name; SQLite's writer is alone anyway. */
export interface Lock {
  readonly lock: string
}

export type Value = string | number | null | Buffer

export interface Outcome {
  readonly rows: readonly unknown[]
  readonly changes: number
}

export function* all<Row>(text: string, ...values: readonly Value[]): Work<readonly Row[]> {
  const { rows } = yield { text, values }
  return rows as readonly Row[]
}

export function* first<Row>(text: string, ...values: readonly Value[]): Work<Row | undefined> {
  const { rows } = yield { text, values }
  return rows[0] as Row | undefined
}

/** Answers how many rows it changed. */
export function* run(text: string, ...values: readonly Value[]): Work<number> {
  const { changes } = yield { text, values }
  return changes
}

export function* lock(name: string): Work<void> {
  yield { lock: name }
}
