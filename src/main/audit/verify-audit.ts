import { type AuditRow, auditGenesisHash, auditHash } from './audit-row.ts'

export type AuditVerdict =
  | { readonly ok: true; readonly head: string; readonly count: number }
  | {
      readonly ok: false
      readonly code: 'GAP' | 'HASH'
      /** The first row that does not fit. */
      readonly sequence: number
    }

/** Walks the whole chain from its first row. */
export function verifyAudit(rows: Iterable<AuditRow>): AuditVerdict {
  let head = auditGenesisHash
  let count = 0
  for (const row of rows) {
    if (row.sequence !== count + 1) return { ok: false, code: 'GAP', sequence: row.sequence }
    if (row.hash !== auditHash(head, row)) {
      return { ok: false, code: 'HASH', sequence: row.sequence }
    }
    head = row.hash
    count += 1
  }
  return { ok: true, head, count }
}
