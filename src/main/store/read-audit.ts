import { existsSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import type { AuditRow } from '../audit/audit-row.ts'
import type { SignedHead } from '../audit/signed-head.ts'
import type { WrittenAudit } from '../audit/verify-signed-audit.ts'
import { asStoreFault } from './store-fault.ts'

interface RawRow extends Omit<AuditRow, 'details'> {
  readonly details: string
}

/**
 * Reads the audit chain out of a database file (the machine's, a copy, a backup) over a connection that cannot
 * write, row by row.
 * @returns undefined when there is no file. Throws `StoreFault` when it is damaged or no kiosk's.
 */
export function readAudit<T>(file: string, read: (audit: WrittenAudit) => T): T | undefined {
  if (!existsSync(file)) return undefined
  let db: Sqlite.Database | undefined
  try {
    db = new Sqlite(file, { readonly: true, timeout: 2_000 })
    const kioskId = db.prepare<[], string>('SELECT kiosk_id FROM kiosk').pluck().get() ?? ''
    const rows = db.prepare<[], RawRow>(
      'SELECT sequence, at, event, details, hash FROM audit ORDER BY sequence',
    )
    const heads = db.prepare<[], SignedHead>(
      `SELECT sequence, hash, epoch, at, key_id AS keyId, signature FROM audit_head
       ORDER BY sequence`,
    )
    return db.transaction(() =>
      read({ kioskId, rows: parsed(rows.iterate()), heads: heads.all() }),
    )()
  } catch (error) {
    throw asStoreFault(error)
  } finally {
    db?.close()
  }
}

function* parsed(rows: Iterable<RawRow>): Iterable<AuditRow> {
  for (const row of rows) yield { ...row, details: detailsOf(row.details) }
}

/** What is no JSON object was not written by a kiosk: it fits no hash. */
function detailsOf(text: string): AuditRow['details'] {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as AuditRow['details']) : {}
  } catch {
    return {}
  }
}
