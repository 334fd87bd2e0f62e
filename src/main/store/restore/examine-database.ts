import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { applicationId } from '../application-id.ts'
import { databaseFileName } from '../connection.ts'
import type { Mark } from './store-mark.ts'

/**
 * `OLDER`: an older file in its place, or a log that was lost. `OTHER`: whole, but not what this machine wrote last:
 * another branch of its history.
 */
export type Damage = 'MISSING' | 'DAMAGED' | 'OLDER' | 'OTHER'

export interface Evidence {
  readonly kioskId: string
  /** How far the database had come, by the second path. */
  readonly mark: Mark | undefined
  /** The newest deposit of the journal. */
  readonly newestDeposit: string | undefined
  /** Something tells that this machine has had a database before. */
  readonly ranBefore: boolean
}

/** SQLite says so when it could not read what it should have, not when it could not write. */
const unreadable = /^SQLITE_(CORRUPT|NOTADB|IOERR_(READ|SHORT_READ|DATA|CORRUPTFS))/

/**
 * Looks at every page of the database before core uses it. Another kiosk's file, another program's and one of a
 * newer program are not damaged: opening refuses them.
 * @returns undefined when it is what this machine wrote last, or there has never been one
 */
export function examineDatabase(folder: string, evidence: Evidence): Damage | undefined {
  const path = join(folder, databaseFileName)
  if (!existsSync(path) || statSync(path).size === 0) {
    return evidence.ranBefore ? 'MISSING' : undefined
  }
  // A disk that could not read once often can the second time, and a restore costs an officer a round.
  return look(path, evidence) && look(path, evidence)
}

function look(path: string, evidence: Evidence): Damage | undefined {
  let db: Sqlite.Database | undefined
  try {
    db = new Sqlite(path, { timeout: 2_000 })
    return examine(db, evidence)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (unreadable.test(code)) return 'DAMAGED'
    throw error
  } finally {
    db?.close()
  }
}

function examine(
  db: Sqlite.Database,
  { kioskId, mark, newestDeposit, ranBefore }: Evidence,
): Damage | undefined {
  if (db.pragma('application_id', { simple: true }) !== applicationId) {
    // All that a first start had written was still in the log; or it is another program's, and will be refused.
    const isBlank = db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined
    return isBlank && ranBefore ? 'OLDER' : undefined
  }
  if (db.pragma('quick_check(1)', { simple: true }) !== 'ok') return 'DAMAGED'
  const owner = db.prepare<[], string>('SELECT kiosk_id FROM kiosk').pluck().get()
  // The very first commit was not reached, or it is not ours to judge.
  if (owner === undefined) return mark === undefined ? undefined : 'OLDER'
  if (owner !== kioskId) return undefined
  if (mark !== undefined && !isSuperseded(db, mark)) {
    const hash = db
      .prepare<[number], string>('SELECT hash FROM audit WHERE sequence = ?')
      .pluck()
      .get(mark.sequence)
    if (hash === undefined) return 'OLDER'
    if (hash !== mark.hash) return 'OTHER'
  }
  return newestDeposit === undefined || isRecorded(db, newestDeposit) ? undefined : 'OLDER'
}

/** A restore accepted that the mark is ahead, and was killed before it wrote a new one. */
function isSuperseded(db: Sqlite.Database, mark: Mark): boolean {
  const hasTable = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'restoration'").get()
  if (hasTable === undefined) return false
  return (
    db
      .prepare<[number, string]>(
        `SELECT 1 FROM restoration WHERE number = (SELECT max(number) FROM restoration)
           AND superseded_sequence = ? AND superseded_hash = ?`,
      )
      .get(mark.sequence, mark.hash) !== undefined
  )
}

/** Rows of dossiers go with their time; the audit stays. */
export function isRecorded(db: Sqlite.Database, intakeId: string): boolean {
  const row = db
    .prepare<[string], string>('SELECT state FROM dossier WHERE intake_id = ?')
    .pluck()
    .get(intakeId)
  if (row !== undefined) return row !== 'sealed'
  const deposited = db.prepare<[string]>(
    `SELECT 1 FROM audit
     WHERE event = 'dossier.deposited' AND json_extract(details, '$.intakeId') = ?`,
  )
  return deposited.get(intakeId) !== undefined
}
