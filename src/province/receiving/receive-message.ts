import { uuidV7Schema } from '../../contract/province/message.ts'
import { type Problem, type Receipt, receiptText } from '../../contract/province/receipt.ts'
import type { Clock } from '../clock.ts'
import type { Keys } from '../security/keys.ts'
import { sha256Hex } from '../security/tokens.ts'
import type { ProvinceStore } from '../store/contract.ts'
import type { HeldMessage } from '../store/records/message-records.ts'
import { parseMessage } from './parse-message.ts'

export type ReceiveAnswer =
  /** `receipt` is the exact text of the answer, the same for every repetition. */
  | { readonly ok: true; readonly receipt: string; readonly isNew: boolean }
  | { readonly ok: false; readonly code: Problem['code']; readonly message: string }

export type ReceiveMessage = (
  kioskId: string,
  /** The header `Idempotency-Key`. */
  key: string | undefined,
  bytes: Buffer,
) => Promise<ReceiveAnswer>

export function messageReceiver(parts: {
  readonly store: ProvinceStore
  readonly keys: Keys
  readonly provinceId: string
  readonly clock: Clock
}): ReceiveMessage {
  const { store, keys, provinceId, clock } = parts

  const signReceipt = (key: string, bodyHash: string, receivedAt: string): string => {
    const unsigned = { key, bodyHash, provinceId, receivedAt, keyId: keys.keyId }
    const receipt: Receipt = { ...unsigned, signature: keys.sign(receiptText(unsigned)) }
    return JSON.stringify(receipt)
  }

  return async (kioskId, key, bytes) => {
    if (!uuidV7Schema.safeParse(key).success || key === undefined) {
      return refuse('INVALID_MESSAGE', 'the header Idempotency-Key must be a UUID version 7')
    }
    const bodyHash = sha256Hex(bytes)
    const parsed = parseMessage(bytes, { kioskId, key })
    if (!parsed.ok) {
      // An old message must not fail a newer, stricter schema.
      const held = await store.messages.find(key)
      return held ? answerHeld(held, kioskId, bodyHash) : refuse('INVALID_MESSAGE', parsed.reason)
    }
    const receivedAt = clock().toISOString()
    const receipt = signReceipt(key, bodyHash, receivedAt)
    const outcome = await store.messages.receive({
      message: parsed.message,
      bytes,
      bodyHash,
      receivedAt,
      receipt,
    })
    switch (outcome.outcome) {
      case 'stored':
        return { ok: true, receipt, isNew: true }
      case 'keyHeld':
        return answerHeld(outcome.held, kioskId, bodyHash)
      case 'dossierExists':
        return refuse(
          'DOSSIER_EXISTS',
          'another message already brought a dossier with this intakeId',
        )
      case 'epochUnknown':
        return refuse('EPOCH_UNKNOWN', `epoch ${parsed.message.epoch} is not registered`)
      default:
        return outcome satisfies never
    }
  }
}

function answerHeld(held: HeldMessage, kioskId: string, bodyHash: string): ReceiveAnswer {
  if (held.kioskId === kioskId && held.bodyHash === bodyHash) {
    return { ok: true, receipt: held.receipt, isNew: false }
  }
  return refuse('KEY_REUSED', 'this key was used before with another body')
}

function refuse(code: Problem['code'], message: string): ReceiveAnswer {
  return { ok: false, code, message }
}
