import type { Database } from 'better-sqlite3'
import { auditHeadText } from '../../contract/province/heartbeat.ts'
import {
  type AuditDetails,
  type AuditRow,
  auditGenesisHash,
  auditHash,
} from '../audit/audit-row.ts'
import { cleanDetails } from '../audit/clean-details.ts'
import { type AuditSigner, type SignedHead, signEveryRows } from '../audit/signed-head.ts'
import type { StoreClock } from './store-context.ts'

interface RawAudit {
  readonly sequence: number
  readonly at: string
  readonly event: string
  readonly details: string
  readonly hash: string
}

export interface AuditRepository {
  /** Inside the transaction of what it records. @returns the row's number */
  append(event: string, details: AuditDetails): number
  /** Signs the newest row, unless it is signed already. */
  signHead(): void
  rows(afterSequence?: number): readonly AuditRow[]
  /** The hash of one row; of 0, the one before the first. */
  hashAt(sequence: number): string | undefined
  head(): { readonly sequence: number; readonly hash: string }
}

export function auditRepository(
  db: Database,
  clock: StoreClock,
  signing?: { readonly kioskId: string; readonly signer: AuditSigner } | undefined,
): AuditRepository {
  const last = db.prepare<[], { sequence: number; hash: string }>(
    'SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1',
  )
  const insert = db.prepare<[number, string, string, string, string]>(
    'INSERT INTO audit (sequence, at, event, details, hash) VALUES (?, ?, ?, ?, ?)',
  )
  const hashAt = db.prepare<[number], string>('SELECT hash FROM audit WHERE sequence = ?').pluck()
  const after = db.prepare<[number], RawAudit>(
    'SELECT sequence, at, event, details, hash FROM audit WHERE sequence > ? ORDER BY sequence',
  )
  const epochNow = db.prepare<[], number | null>('SELECT max(epoch) FROM epoch').pluck()
  const insertHead = db.prepare<[SignedHead]>(
    `INSERT INTO audit_head (sequence, hash, epoch, at, key_id, signature)
     VALUES (@sequence, @hash, @epoch, @at, @keyId, @signature) ON CONFLICT (sequence) DO NOTHING`,
  )
  // Read again each time: a rolled back row must not live on in a cached head.
  const head = () => last.get() ?? { sequence: 0, hash: auditGenesisHash }
  function signHead(): void {
    const { sequence, hash } = head()
    const epoch = epochNow.get()
    // Before its first epoch a database has nothing that anybody could miss.
    if (signing === undefined || sequence === 0 || epoch == null) return
    const { kioskId, signer } = signing
    const claim = { sequence, hash, epoch, at: clock.now().toISOString(), keyId: signer.keyId }
    insertHead.run({ ...claim, signature: signer.sign(auditHeadText({ kioskId, ...claim })) })
  }
  return {
    signHead,
    append(event, details) {
      const { sequence: previous, hash: previousHash } = head()
      const row = {
        sequence: previous + 1,
        at: clock.now().toISOString(),
        event,
        details: cleanDetails(details),
      }
      const hash = auditHash(previousHash, row)
      insert.run(row.sequence, row.at, row.event, JSON.stringify(row.details), hash)
      if (row.sequence % signEveryRows === 0) signHead()
      return row.sequence
    },
    rows: (afterSequence = 0) =>
      after.all(afterSequence).map((row) => ({ ...row, details: JSON.parse(row.details) })),
    hashAt: (sequence) => (sequence === 0 ? auditGenesisHash : hashAt.get(sequence)),
    head,
  }
}
