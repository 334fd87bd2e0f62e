import { knownToBackups } from '../store/backup/known-to-backups.ts'
import type { OpenJournal } from '../store/journal.ts'
import type { Store } from '../store/open-store.ts'

export interface PruneJournalParts {
  readonly journal: Pick<OpenJournal, 'intakeIds' | 'forget'>
  readonly forget: Pick<Store['forget'], 'journalOver' | 'recordJournalForgotten'>
  /** All that a restore looks into. */
  readonly backupFolders: readonly string[]
  /** Copies whose receipts are older than this. */
  readonly sentBefore: string
}

/** Backups are asked for each on the event loop: more than an hour brings in, and short. */
const atOnce = 500

/**
 * Forgets the copies on the second path that no restore can need any more: the province has signed for all of it,
 * the bag is gone, and every backup knows of it. The record of it comes first; killed in between, it is done again.
 * @returns how many went
 */
export async function pruneJournal(parts: PruneJournalParts): Promise<number> {
  const { journal, forget, backupFolders, sentBefore } = parts
  const over = forget.journalOver(journal.intakeIds(), sentBefore).slice(0, atOnce)
  const gone = knownToBackups(backupFolders, over)
  if (gone.length === 0) return 0
  forget.recordJournalForgotten(gone)
  return journal.forget(new Set(gone))
}
