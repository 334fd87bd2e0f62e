import type { Database } from 'better-sqlite3'
import type { AuditDetails } from '../audit/audit-row.ts'
import type { OutboxDraft } from '../flows/store-port.ts'
import type { Transact } from './transact.ts'

export interface StoreClock {
  now(): Date
  /** Milliseconds that the machine has been running, over all restarts; never goes back. */
  runningMs(): number
}

/** What repositories share. `audit` and `enqueue` are called inside a transaction only. */
export interface StoreContext {
  readonly db: Database
  readonly transact: Transact
  readonly clock: StoreClock
  /** Writes one audit row with what is being changed. */
  audit(event: string, details: AuditDetails): void
  /** Mints key, sequence and bytes of a message and stores them. */
  enqueue(draft: OutboxDraft): void
}
