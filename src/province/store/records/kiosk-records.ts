import type { AuditPoint, Heartbeat } from '../../../contract/province/heartbeat.ts'

export interface Identity {
  readonly provinceId: string
  readonly keyId: string
  /** age X25519 recipient. */
  readonly ageRecipient: string
}

export interface Kiosk {
  readonly kioskId: string
  readonly unitCode: string
  readonly place: string
  readonly tokenHash: string
  readonly lastContactAt: string | null
}

export interface Epoch {
  readonly epoch: number
  readonly instance: string
  readonly slipKeyId: string
  /** Ed25519, base64url. */
  readonly slipPublicKey: string
  readonly startedAt: string
  readonly registeredAt: string
}

export type KnownEpoch = Pick<Epoch, 'instance' | 'slipKeyId' | 'slipPublicKey'>

export interface StoredHeartbeat {
  readonly kioskId: string
  readonly receivedAt: string
  readonly heartbeat: Heartbeat
}

export const alarmKinds = [
  'EPOCH_REPEATED', // another database has registered, or reports with, this epoch
  'AUDIT_CUT_OFF', // the chain is shorter than it was
  'AUDIT_REWRITTEN', // the chain has another row where one was seen
  'AUDIT_SIGNATURE_BAD', // the head is not signed with the epoch's key
  'STORE_WENT_BACK', // the kiosk has receipts for messages that are not held here
] as const

export interface NewAlarm {
  readonly kind: (typeof alarmKinds)[number]
  /** 0: it is about none. */
  readonly epoch: number
  /** Numbers of audit rows, where the alarm is about some. */
  readonly seen: number | null
  readonly told: number | null
}

export interface KioskAlarm extends NewAlarm {
  readonly id: number
  readonly kioskId: string
  readonly firstAt: string
  readonly lastAt: string
  readonly times: number
}

export type JudgeHeartbeat = (
  kioskId: string,
  heartbeat: Heartbeat,
  known: { readonly epoch: KnownEpoch | undefined; readonly seen: AuditPoint | undefined },
) => { readonly alarms: readonly NewAlarm[]; readonly seen: AuditPoint | undefined }
