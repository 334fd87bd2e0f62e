import { changedOne } from './store-conflict.ts'
import type { StoreContext } from './store-context.ts'

/** A page that was accepted and is not yet part of a dossier. */
export interface DraftPage {
  /** SHA-256 hex of the ciphertext. */
  readonly contentHash: string
  /** SHA-256 hex of the JPEG inside it. */
  readonly captureHash: string
}

export interface PageRepository {
  /** After its file is durable. */
  keepDraftPage(page: DraftPage & { readonly personHash: string | null }): void
  /** In the order in which they were kept. */
  draftPages(personHash: string): readonly DraftPage[]
  /** Rows only: the files go when no row names them. Pages of a dossier stay. */
  dropDraftPages(contentHashes: readonly string[]): void
  /** Those that nobody came back for. @param beforeRunningMs kept earlier than this, by running time */
  expireDraftPages(beforeRunningMs: number): number
  /** In the order in which the province reads them. */
  pagesOf(intakeId: string): readonly string[]
  /** All that any row names. */
  namedPages(): ReadonlySet<string>
}

export function pageRepository(context: StoreContext): PageRepository {
  const { db, transact, audit, clock } = context
  const insert = db.prepare<[string, string, string | null, number]>(
    `INSERT INTO page (content_hash, capture_hash, person_hash, kept_running_ms, position)
     VALUES (?, ?, ?, ?, 0)`,
  )
  const drafts = db.prepare<[string], DraftPage>(
    `SELECT content_hash AS contentHash, capture_hash AS captureHash FROM page
     WHERE person_hash = ? AND intake_id IS NULL ORDER BY rowid`,
  )
  const drop = db.prepare<[string]>('DELETE FROM page WHERE content_hash = ? AND intake_id IS NULL')
  const expire = db.prepare<[number]>(
    'DELETE FROM page WHERE intake_id IS NULL AND kept_running_ms < ?',
  )
  const old = db
    .prepare<[number], number>(
      'SELECT count(*) FROM page WHERE intake_id IS NULL AND kept_running_ms < ?',
    )
    .pluck()
  const ofDossier = db
    .prepare<[string], string>(
      'SELECT content_hash FROM page WHERE intake_id = ? ORDER BY position',
    )
    .pluck()
  const all = db.prepare<[], string>('SELECT content_hash FROM page').pluck()
  return {
    keepDraftPage({ contentHash, captureHash, personHash }) {
      transact('commit:keepDraftPage', () => {
        insert.run(contentHash, captureHash, personHash, clock.runningMs())
        audit('page.kept', {})
      })
    },
    draftPages: (personHash) => drafts.all(personHash),
    dropDraftPages(contentHashes) {
      if (contentHashes.length === 0) return
      transact('commit:dropDraftPages', () => {
        let pages = 0
        for (const contentHash of contentHashes) pages += drop.run(contentHash).changes
        audit('page.dropped', { pages })
      })
    },
    expireDraftPages(beforeRunningMs) {
      if ((old.get(beforeRunningMs) ?? 0) === 0) return 0
      return transact('commit:expireDraftPages', () => {
        const { changes } = expire.run(beforeRunningMs)
        audit('page.expired', { pages: changes })
        return changes
      })
    },
    pagesOf: (intakeId) => ofDossier.all(intakeId),
    namedPages: () => new Set(all.all()),
  }
}

/** Within the transaction that seals their dossier. */
export function sealedPages({ db }: StoreContext) {
  const move = db.prepare<[string, number, string]>(
    `UPDATE page SET intake_id = ?, position = ?, person_hash = NULL, capture_hash = NULL
     WHERE content_hash = ? AND intake_id IS NULL`,
  )
  const forget = db.prepare<[string]>('DELETE FROM page WHERE intake_id = ?')
  return {
    moveInto(intakeId: string, contentHashes: readonly string[]): void {
      for (const [index, contentHash] of contentHashes.entries()) {
        changedOne(move.run(intakeId, index + 1, contentHash), 'seal a page')
      }
    },
    forgetAll(intakeId: string): void {
      forget.run(intakeId)
    },
  }
}
