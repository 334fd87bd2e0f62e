import Sqlite from 'better-sqlite3'
import { auditGenesisHash, auditHash } from '../../audit/audit-row.ts'
import { applicationId } from '../application-id.ts'
import { asStoreFault, StoreFault } from '../store-fault.ts'

/** What a database file says of itself. */
export interface DatabaseFacts {
  readonly schema: number
  readonly kioskId: string
  readonly epoch: number
  readonly instance: string
  /** The newest message to the province. */
  readonly lastSequence: number
  readonly runningMs: number
  readonly auditHead: { readonly sequence: number; readonly hash: string }
}

/**
 * Opens a file that nobody else has open and looks at every page and at our own rules: whose it is, one of the
 * `schemas` that this program knows, an epoch, no message beyond the counted ones, an audit chain without a hole.
 * Throws `StoreFault`: CORRUPT, or REFUSED_FOREIGN_FILE and REFUSED_NEWER_SCHEMA.
 */
export function readBackup(path: string, schemas: readonly number[]): DatabaseFacts {
  let db: Sqlite.Database | undefined
  try {
    db = new Sqlite(path, { readonly: true, fileMustExist: true })
    return examine(db, path, schemas)
  } catch (error) {
    throw asStoreFault(error)
  } finally {
    db?.close()
  }
}

function examine(db: Sqlite.Database, path: string, schemas: readonly number[]): DatabaseFacts {
  const read = (name: string) => db.pragma(name, { simple: true })
  const damaged = (what: string) => new StoreFault('CORRUPT', `${path}: ${what}`)
  if (read('application_id') !== applicationId) {
    throw new StoreFault('REFUSED_FOREIGN_FILE', `${path} is not a database of this kiosk`)
  }
  const schema = Number(read('user_version'))
  if (!schemas.includes(schema)) {
    throw new StoreFault('REFUSED_NEWER_SCHEMA', `${path} has schema ${schema}`)
  }
  if (read('integrity_check') !== 'ok') throw damaged('integrity check')
  if (db.prepare('PRAGMA foreign_key_check').all().length > 0) throw damaged('rows point nowhere')

  const kiosk = db
    .prepare<[], { kioskId: string; lastSequence: number; runningMs: number }>(
      `SELECT kiosk_id AS kioskId, last_sequence AS lastSequence, running_ms AS runningMs
       FROM kiosk`,
    )
    .get()
  const epoch = db
    .prepare<[], { epoch: number; instance: string }>(
      'SELECT epoch, instance FROM epoch ORDER BY epoch DESC LIMIT 1',
    )
    .get()
  if (kiosk === undefined || epoch === undefined) throw damaged('no kiosk or no epoch')
  const newest = db.prepare<[], number | null>('SELECT max(sequence) FROM outbox').pluck().get()
  if ((newest ?? 0) > kiosk.lastSequence) throw damaged('a message that was never counted')
  return { schema, ...kiosk, ...epoch, auditHead: auditHead(db, damaged) }
}

function auditHead(db: Sqlite.Database, damaged: (what: string) => StoreFault) {
  const rows = db.prepare<
    [],
    { sequence: number; at: string; event: string; details: string; hash: string }
  >('SELECT sequence, at, event, details, hash FROM audit ORDER BY sequence')
  let head = { sequence: 0, hash: auditGenesisHash }
  for (const row of rows.iterate()) {
    const { hash, details, ...rest } = row
    const follows =
      rest.sequence === head.sequence + 1 &&
      hash === auditHash(head.hash, { ...rest, details: JSON.parse(details) })
    if (!follows) throw damaged(`audit row ${rest.sequence} does not follow`)
    head = { sequence: rest.sequence, hash }
  }
  return head
}
