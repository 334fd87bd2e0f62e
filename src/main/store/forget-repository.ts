import type { StoreContext } from './store-context.ts'

export interface ForgetBefore {
  /** Ended before this, and a result of it has left the machine. */
  readonly over: string
  /** Ended before this, and no result ever came. */
  readonly withoutResult: string
  /** Given up before this. */
  readonly abandoned: string
  /** Messages whose receipt is older than this, and pages that went up with them. */
  readonly sent: string
}

/** What is held on one person, as far as the machine can tell: it reads no seals. */
export interface HeldDossier {
  readonly intakeId: string
  readonly state: string
  readonly sealedAt: string
  readonly dossierCode: string | null
  /** Nothing of it is open any more: it may be forgotten. */
  readonly over: 0 | 1
}

export interface ForgetRepository {
  /** At most so many dossiers at a time, so that nobody waits for it. */
  forgetOld(before: ForgetBefore, atMost: number): { dossiers: number; messages: number }
  /** @param personHash keyed hash of an ID number */
  heldOn(personHash: string): readonly HeldDossier[]
  /** Unfinished scans of that person. */
  draftsOf(personHash: string): number
  /** Of these dossiers those whose copy in the journal is over. @param sentBefore the last receipt is older */
  journalOver(intakeIds: readonly string[], sentBefore: string): readonly string[]
  /** Their copies in the journal go now; on record before they do. */
  recordJournalForgotten(intakeIds: readonly string[]): void
  /** Because somebody asked for it. `notOver`: it stays. */
  forgetDossier(intakeId: string): 'forgotten' | 'notOver'
}

/** The province has all of it, and nothing lies in the machine for it. */
const settled = `dossier.state IN ('collected', 'reconciled', 'abandoned')
  AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.lane = dossier.intake_id
    AND outbox.state <> 'acknowledged')
  AND NOT EXISTS (SELECT 1 FROM result WHERE result.intake_id = dossier.intake_id
    AND result.state NOT IN ('taken', 'withdrawn'))`

const holdsSomething = `(dossier.sealed <> '' OR dossier.applicant_id_hash IS NOT NULL
  OR dossier.owner_id_hash IS NOT NULL OR dossier.secret_hash IS NOT NULL)`

/** The bag has been carried away, and for all that was said of it there is a receipt. */
const journalIsOver = `dossier.state IN ('collected', 'reconciled')
  AND EXISTS (SELECT 1 FROM outbox WHERE outbox.lane = dossier.intake_id
    AND outbox.kind = 'dossierDeposited')
  AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.lane = dossier.intake_id
    AND (outbox.state <> 'acknowledged' OR acknowledged_at >= ?))`

export function forgetRepository(context: StoreContext): ForgetRepository {
  const { db, transact, audit } = context
  const due = db
    .prepare<[ForgetBefore & { atMost: number }], string>(
      `SELECT intake_id FROM dossier WHERE dossier.sealed <> '' AND ${settled}
         AND coalesce(ended_at, sealed_at) < max(@over, @withoutResult, @abandoned)
         AND coalesce(ended_at, sealed_at) < CASE
           WHEN state = 'abandoned' THEN @abandoned
           WHEN EXISTS (SELECT 1 FROM result WHERE result.intake_id = dossier.intake_id) THEN @over
           ELSE @withoutResult END
       ORDER BY coalesce(ended_at, sealed_at) LIMIT @atMost`,
    )
    .pluck()
  const isOver = db
    .prepare<[string], number>(`SELECT 1 FROM dossier WHERE intake_id = ? AND ${settled}`)
    .pluck()
  const strip = db.prepare<[string]>(
    `UPDATE dossier SET sealed = '', sms_sealed = NULL, applicant_id_hash = NULL,
       owner_id_hash = NULL, secret_hash = NULL,
       facts = json_set(facts, '$.applicantMasked', '', '$.ownerMasked', '')
     WHERE intake_id = ?`,
  )
  const dropPages = db.prepare<[string]>('DELETE FROM page WHERE intake_id = ?')
  const stripLane = db.prepare<[string]>(
    `UPDATE outbox SET payload = json_set(payload, '$.body.sealed', '')
     WHERE lane = ? AND state = 'acknowledged' AND json_extract(payload, '$.body.sealed') <> ''`,
  )
  const stripSent = db.prepare<[string]>(
    `UPDATE outbox SET payload = json_set(payload, '$.body.sealed', '')
     WHERE state = 'acknowledged' AND acknowledged_at < ?
       AND json_extract(payload, '$.body.sealed') <> ''`,
  )
  const held = db.prepare<[{ personHash: string }], HeldDossier>(
    `SELECT intake_id AS intakeId, state, sealed_at AS sealedAt, dossier_code AS dossierCode,
       (${settled}) AS over
     FROM dossier
     WHERE (applicant_id_hash = @personHash OR owner_id_hash = @personHash) AND ${holdsSomething}
     ORDER BY rowid`,
  )
  const drafts = db
    .prepare<[string], number>('SELECT count(*) FROM page WHERE person_hash = ?')
    .pluck()

  const dropSentPages = db.prepare<[string]>(
    `DELETE FROM page WHERE intake_id > '' AND EXISTS
       (SELECT 1 FROM outbox WHERE outbox.lane = page.intake_id AND kind = 'dossierDeposited'
          AND state = 'acknowledged' AND acknowledged_at < ?)
     AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.lane = page.intake_id
       AND outbox.state <> 'acknowledged')`,
  )
  const isJournalOver = db
    .prepare<[string, string], number>(
      `SELECT 1 FROM dossier WHERE intake_id = ? AND ${journalIsOver}`,
    )
    .pluck()

  const forget = (intakeId: string, why: 'age' | 'asked') => {
    strip.run(intakeId)
    dropPages.run(intakeId)
    stripLane.run(intakeId)
    audit('dossier.forgotten', { intakeId, why })
  }

  return {
    forgetOld(before, atMost) {
      return transact('commit:forget', () => {
        const ids = due.all({ ...before, atMost })
        for (const intakeId of ids) forget(intakeId, 'age')
        const pages = dropSentPages.run(before.sent).changes
        if (pages > 0) audit('page.forgotten', { pages })
        return { dossiers: ids.length, messages: stripSent.run(before.sent).changes }
      })
    },
    heldOn: (personHash) => held.all({ personHash }),
    draftsOf: (personHash) => drafts.get(personHash) ?? 0,
    journalOver: (intakeIds, sentBefore) =>
      intakeIds.filter((intakeId) => isJournalOver.get(intakeId, sentBefore) !== undefined),
    recordJournalForgotten(intakeIds) {
      transact('commit:forget', () => {
        for (const intakeId of intakeIds) audit('journal.forgotten', { intakeId })
      })
    },
    forgetDossier: (intakeId) =>
      transact('commit:forget', () => {
        if (isOver.get(intakeId) === undefined) return 'notOver'
        forget(intakeId, 'asked')
        return 'forgotten'
      }),
  }
}
