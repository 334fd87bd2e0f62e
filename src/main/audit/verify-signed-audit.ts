import { auditHeadText } from '../../contract/province/heartbeat.ts'
import { type AuditRow, auditGenesisHash, auditHash } from './audit-row.ts'
import { type SignedHead, signEveryRows } from './signed-head.ts'

export interface WrittenAudit {
  readonly kioskId: string
  /** In order of their numbers. */
  readonly rows: Iterable<AuditRow>
  readonly heads: Iterable<SignedHead>
}

export type SignedAuditVerdict =
  | {
      readonly ok: true
      readonly count: number
      readonly head: string
      /** The newest row with a signature; undefined in a chain that is too short for one. */
      readonly signed: SignedHead | undefined
    }
  | {
      readonly ok: false
      readonly code: AuditFault
      /** The first row that does not fit. */
      readonly sequence: number
    }

export type AuditFault =
  /** A row is missing, doubled or in the wrong place. */
  | 'GAP'
  /** A row was changed, or one before it. */
  | 'HASH'
  /** The chain ends before a row that was signed. */
  | 'CUT_OFF'
  /** Another row stands where this one was signed. */
  | 'REWRITTEN'
  | 'SIGNATURE_BAD'
  | 'KEY_UNKNOWN'
  /** More rows than ever go without a signature. */
  | 'UNSIGNED'

/** Walks the whole chain from its first row, and holds every signature against it. */
export function verifySignedAudit(
  { kioskId, rows, heads }: WrittenAudit,
  verify: (keyId: string, text: string, signature: string) => 'good' | 'unknownKey' | 'bad',
): SignedAuditVerdict {
  const bad = (code: AuditFault, sequence: number): SignedAuditVerdict => ({
    ...{ ok: false, code, sequence },
  })
  const waiting = new Map<number, SignedHead>()
  for (const head of heads) waiting.set(head.sequence, head)
  let previous = auditGenesisHash
  let count = 0
  let signed: SignedHead | undefined
  for (const row of rows) {
    if (row.sequence !== count + 1) return bad('GAP', row.sequence)
    if (row.hash !== auditHash(previous, row)) return bad('HASH', row.sequence)
    previous = row.hash
    count += 1
    const head = waiting.get(count)
    if (head === undefined) continue
    if (head.hash !== row.hash) return bad('REWRITTEN', count)
    const verdict = verify(head.keyId, auditHeadText({ kioskId, ...head }), head.signature)
    if (verdict !== 'good') return bad(verdict === 'bad' ? 'SIGNATURE_BAD' : 'KEY_UNKNOWN', count)
    signed = head
    waiting.delete(count)
  }
  const [beyond] = waiting.keys()
  if (beyond !== undefined) return bad('CUT_OFF', beyond)
  if (count - (signed?.sequence ?? 0) > signEveryRows) {
    return bad('UNSIGNED', (signed?.sequence ?? 0) + 1)
  }
  return { ok: true, count, head: previous, signed }
}
