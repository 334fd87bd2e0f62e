import { messageBodies, messageSchema } from '../../contract/province/message.ts'
import type { ReceivedMessage } from '../store/records/message-records.ts'
import { parseJson } from './parse-json.ts'
import { problemSentence } from './problem-sentence.ts'

export type ParsedMessage =
  | { readonly ok: true; readonly message: ReceivedMessage }
  | { readonly ok: false; readonly reason: string }

/** Checks a message against the contract and against the address and key that it came with. */
export function parseMessage(
  bytes: Uint8Array,
  expected: { readonly kioskId: string; readonly key: string },
): ParsedMessage {
  const json = parseJson(bytes)
  if (!json.ok) return json
  const envelope = messageSchema.safeParse(json.value)
  if (!envelope.success) return { ok: false, reason: problemSentence(envelope.error) }
  const { kind, kioskId, key } = envelope.data
  if (key !== expected.key) {
    return { ok: false, reason: 'key: differs from the header Idempotency-Key' }
  }
  if (kioskId !== expected.kioskId) {
    return { ok: false, reason: 'kioskId: differs from the kiosk in the address' }
  }
  const body = messageBodies[kind].safeParse(envelope.data.body)
  if (!body.success) return { ok: false, reason: problemSentence(body.error, 'body') }
  // The schema of this very kind has just accepted the body.
  const message = { ...envelope.data, body: body.data } as ReceivedMessage
  if (message.kind === 'dossierDeposited' && !message.body.intakeId.startsWith(`${kioskId}-`)) {
    return { ok: false, reason: 'body.intakeId: belongs to another kiosk' }
  }
  return { ok: true, message }
}
