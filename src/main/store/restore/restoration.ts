import type { Epoch } from '../../sync/ports.ts'
import type { JournalEntry } from '../journal-line.ts'
import type { Damage } from './examine-database.ts'
import type { Mark } from './store-mark.ts'

/** Why a compartment is `unknown` after a restore, and the collection closed. */
export const restoredReason = 'STORE_RESTORED'

/** What is known beside the file that took the place of a damaged one. */
export interface Restoration {
  readonly damage: Damage
  /** The backup's name; null when nothing good was left. */
  readonly source: string | null
  readonly setAside: string | null
  /** Newest audit row of the source; 0 without one. */
  readonly sourceSequence: number
  /** How far the lost database had come. */
  readonly mark: Mark | undefined
  readonly journal: readonly JournalEntry[]
  /** All that the second path knows; the last is the one that begins now. */
  readonly epochs: readonly Epoch[]
}

/**
 * Whether a compartment may have been used since the source was made. Without a mark, or with one that is older than
 * the source, nobody knows.
 */
export function wasTouched(
  { mark, sourceSequence }: Pick<Restoration, 'mark' | 'sourceSequence'>,
  compartment: number,
): boolean {
  if (mark === undefined || sourceSequence === 0) return true
  if (mark.sequence < sourceSequence || mark.since > sourceSequence) return true
  return (mark.touched[compartment] ?? 0) > sourceSequence
}
