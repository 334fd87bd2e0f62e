import { createHash } from 'node:crypto'

/** Codes, numbers and identifiers only. Nobody's name, number, phone or code belongs here. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | null>>

export interface AuditRow {
  /** 1, 2, 3 … without a gap: orders the rows; the wall clock does not. */
  readonly sequence: number
  readonly at: string
  readonly event: string
  readonly details: AuditDetails
  /** SHA-256 hex over the hash of the row before and the canonical text of this one. */
  readonly hash: string
}

/** The hash "before" the first row. */
export const auditGenesisHash = '0'.repeat(64)

export function auditHash(previousHash: string, row: Omit<AuditRow, 'hash'>): string {
  return createHash('sha256').update(previousHash).update(canonicalText(row)).digest('hex')
}

/** JSON with sorted keys: the same row is the same text whoever writes it. */
function canonicalText(row: Omit<AuditRow, 'hash'>): string {
  const details = Object.fromEntries(
    Object.entries(row.details).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  )
  return JSON.stringify([row.sequence, row.at, row.event, details])
}
