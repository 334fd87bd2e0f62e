import type { CollectionNotice } from '../../../contract/province/sealed.ts'
import { endOfLocalDay, localDate } from '../../domain/local-date.ts'
import type { SealPort, SecretsPort } from '../secrets-port.ts'
import type { ResultRow, ResultStore } from '../store-port.ts'

export interface MintPorts {
  readonly kioskId: string
  readonly placeName: string
  readonly store: ResultStore
  readonly secrets: SecretsPort
  readonly seal: SealPort
  readonly codeDigits: number
  now(): Date
  /** Payload of a new one-time QR. */
  collectionQr(): string
}

/**
 * The stocked door has closed: the right to take the envelope out is made here and nowhere else. Digits and
 * token leave the machine only inside the sealed notice; what stays is their keyed hash.
 */
export async function mintRight(
  ports: MintPorts,
  result: ResultRow,
  compartment: number,
  staffId: string,
): Promise<void> {
  const code = ports.secrets.randomDigits(ports.codeDigits)
  const qr = ports.collectionQr()
  const rightId = ports.secrets.newId()
  const at = ports.now()
  const expiresAt = endOfLocalDay(new Date(at.getTime() + result.keepDays * 86_400_000))
  const lastDay = localDate(expiresAt)
  const notice: CollectionNotice = {
    version: 1,
    resultId: result.resultId,
    dossierCode: result.dossierCode,
    code,
    qr,
    place: ports.placeName,
    lastDay,
  }
  const sealed = await ports.seal.seal(JSON.stringify(notice))
  ports.store.stockResult(
    result.resultId,
    {
      rightId,
      codeHash: ports.secrets.rightHash(code),
      qrHash: ports.secrets.rightHash(qr),
      expiresAt: expiresAt.toISOString(),
      validMs: expiresAt.getTime() - at.getTime(),
    },
    {
      kind: 'resultStocked',
      lane: result.resultId,
      body: {
        resultId: result.resultId,
        dossierCode: result.dossierCode,
        rightId,
        compartment,
        stockedAt: at.toISOString(),
        lastDay,
        staffId,
        sealed,
      },
    },
    at.toISOString(),
  )
}
