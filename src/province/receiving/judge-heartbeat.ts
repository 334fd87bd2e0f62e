import { createPublicKey, verify } from 'node:crypto'
import {
  type AuditPoint,
  auditHeadText,
  type Heartbeat,
} from '../../contract/province/heartbeat.ts'
import type { JudgeHeartbeat, KnownEpoch, NewAlarm } from '../store/records/kiosk-records.ts'

/**
 * Whether the audit chain still is the one that was seen before, and the database the one that began the epoch.
 * The furthest row counts as seen only when the kiosk has shown that it stands on the one seen before: who cuts
 * the chain off and lets it grow again must show a row that is not there any more.
 */
export const judgeHeartbeat: JudgeHeartbeat = (kioskId, heartbeat, { epoch: known, seen }) => {
  const { epoch, audit } = heartbeat
  const head: AuditPoint = { sequence: audit.sequence, hash: audit.hash }
  const alarms: NewAlarm[] = []
  const alarm = (kind: NewAlarm['kind'], points: Pick<NewAlarm, 'seen' | 'told'>) =>
    alarms.push({ kind, epoch, ...points })

  if (known && known.instance !== heartbeat.instance) {
    alarm('EPOCH_REPEATED', { seen: null, told: null })
    // Two databases have two chains: what the other one tells is no news of this one's.
    return { alarms, seen }
  }
  if (known && !isSigned(kioskId, heartbeat, known)) {
    alarm('AUDIT_SIGNATURE_BAD', { seen: seen?.sequence ?? null, told: head.sequence })
    return { alarms, seen }
  }
  if (!seen) return { alarms, seen: head }
  const points = { seen: seen.sequence, told: head.sequence }
  if (head.sequence < seen.sequence) {
    alarm('AUDIT_CUT_OFF', points)
    return { alarms, seen }
  }
  const proven = head.sequence === seen.sequence ? head : audit.proves
  if (proven?.sequence !== seen.sequence) return { alarms, seen }
  if (proven.hash !== seen.hash) {
    alarm('AUDIT_REWRITTEN', points)
    return { alarms, seen }
  }
  return { alarms, seen: head }
}

function isSigned(kioskId: string, { epoch, at, audit }: Heartbeat, known: KnownEpoch): boolean {
  if (audit.keyId !== known.slipKeyId) return false
  const { sequence, hash, keyId } = audit
  const text = auditHeadText({ kioskId, epoch, sequence, hash, at, keyId })
  try {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: known.slipPublicKey }
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    return verify(null, Buffer.from(text), key, Buffer.from(audit.signature, 'base64url'))
  } catch {
    // What was registered as a key is none.
    return false
  }
}
