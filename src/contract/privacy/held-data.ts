/**
 * Everything that the machine and the province keep, and for how long. The jobs that forget read their days here,
 * `docs/privacy.md` is written from here, and a test holds it against the tables of both databases.
 */
export interface HeldData {
  /** Tables of the database. */
  readonly tables: readonly string[]
  /** Files beside it, below the data folder unless said otherwise. */
  readonly files?: readonly string[]
  readonly what: string
  readonly form: HeldForm
  readonly why: string
  readonly keep: Keep
}

export type HeldForm =
  /** Encrypted (age, X25519): only the province's key opens it. */
  | 'sealed'
  /** HMAC under a key that lies elsewhere: nobody can try out numbers. */
  | 'keyedHash'
  /** Of staff, in the open. */
  | 'staff'
  /** Nothing about a citizen. */
  | 'none'

export type Keep =
  | { readonly days: number; readonly since: string }
  /** Gone as soon as this is so. */
  | { readonly until: string }
  | { readonly forGood: string }

/** Days of a row that is kept for days. */
export function daysOf(held: HeldData): number {
  if (!('days' in held.keep)) throw new Error(`${held.tables.join()} is not kept for days`)
  return held.keep.days
}
