import { personFromCard } from '../../domain/citizen-card.ts'
import { classifyReading, type ReadingFormats } from '../../domain/classify-reading.ts'
import { parseIntakeId } from '../../domain/intake-id.ts'
import { verifySlipQr } from '../../domain/verify-slip-qr.ts'
import type { ScannedCode } from '../../flows/reading.ts'

export interface ScanKnowledge {
  readonly kioskId: string
  readonly formats: ReadingFormats
  /** Whether a slip's signature is by a key of this machine. */
  readonly isOwnSlip: (payload: string) => boolean
}

/** What was held to the reader, as the journeys understand it. */
export function scannedCode(text: string | undefined, knowledge: ScanKnowledge): ScannedCode {
  const reading = classifyReading(text, knowledge.formats)
  switch (reading.kind) {
    case 'card':
      return {
        kind: 'card',
        person: personFromCard(reading.card),
        warnings: [...reading.card.warnings],
      }
    case 'slip': {
      const { intakeId } = reading.slip
      return {
        kind: 'slip',
        intakeId,
        thisKiosk: parseIntakeId(intakeId)?.kioskId === knowledge.kioskId,
        valid: knowledge.isOwnSlip(reading.payload),
      }
    }
    case 'collectionQr':
      return {
        kind: 'collectionQr',
        thisKiosk: reading.qr.kioskId === knowledge.kioskId,
        payload: reading.payload,
      }
    case 'bag':
      return { kind: 'bag', code: reading.bagCode }
    case 'badge':
      return { kind: 'badge', payload: reading.payload }
    case 'intakeId':
      return { kind: 'dossierCode', code: reading.intakeId }
    case 'dossierCode':
      return { kind: 'dossierCode', code: reading.dossierCode }
    case 'garbage':
      return { kind: 'garbage', foreign: reading.reason === 'foreign' }
  }
}

/** Checks a slip against this machine's own key; the keys of earlier epochs are in the key ring as well. */
export function ownSlipChecker(slip: { readonly keyId: string; readonly publicKey: string }) {
  return (payload: string) => verifySlipQr(payload, [slip]).ok
}
