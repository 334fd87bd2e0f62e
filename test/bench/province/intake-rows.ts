import { createHash } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { depositMessage, intakeIdOf, syntheticDossier } from '../../support/kiosk-client.ts'

/** One intake: the request that brings it, and the rows that hold it, value by value. */
export interface Intake {
  readonly request: Buffer
  readonly message: readonly (string | number | Buffer)[]
  readonly dossier: readonly (string | number)[]
}

export const messageColumns =
  'key, kiosk_id, epoch, sequence, lane, kind, at, received_at, body_hash, bytes, receipt'
export const dossierColumns =
  'intake_id, message_key, kiosk_id, bag_code, procedure_code, compartment, deposited_at, ' +
  'clock_synchronised, phone_confirmed, content_hash, sealed, received_at'

/** Sealed once: the province takes a sealed dossier in without opening it. */
export async function makeIntakes(
  count: number,
  to: { readonly url: string; readonly token: string; readonly recipient: string },
): Promise<readonly Intake[]> {
  const sample = await depositMessage(to.recipient, syntheticDossier(intakeIdOf(0)))
  const envelope = JSON.parse(sample.text)
  const { host } = new URL(to.url)
  const receivedAt = new Date().toISOString()
  return Array.from({ length: count }, (_, index) => {
    const key = uuidv7()
    const sequence = index + 1
    const intakeId = intakeIdOf(sequence)
    const body = { ...envelope.body, intakeId, bagCode: `BAG-${intakeId}` }
    const text = JSON.stringify({ ...envelope, key, sequence, lane: intakeId, body })
    const bytes = Buffer.from(text)
    const bodyHash = createHash('sha256').update(bytes).digest('hex')
    const head =
      `POST /v1/kiosks/K07/messages HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${to.token}\r\n` +
      `idempotency-key: ${key}\r\ncontent-type: application/json\r\ncontent-length: ${bytes.length}\r\n\r\n`
    // As long as a real receipt, with a signature that nobody checks here.
    const receipt = JSON.stringify({
      ...{ key, bodyHash, provinceId: 'test-province', receivedAt, keyId: 'p-00000000' },
      signature: Buffer.alloc(64, sequence).toString('base64url'),
    })
    return {
      request: Buffer.concat([Buffer.from(head), bytes]),
      message: [
        ...[key, 'K07', 1, sequence, intakeId, 'dossierDeposited', envelope.at, receivedAt],
        ...[bodyHash, bytes, receipt],
      ],
      dossier: [
        ...[intakeId, key, 'K07', body.bagCode, body.procedureCode, body.compartment],
        ...[body.depositedAt, 1, 1, body.contentHash, body.sealed, receivedAt],
      ],
    }
  })
}
