import type { ReasonCode } from '../../contract/faults.ts'
import type { Text } from '../i18n/text.ts'

/** Why a service is away, each reason once. */
export function reasonsText(text: Text, reasons: readonly ReasonCode[]): string {
  if (reasons.length === 0) return text('idle.unavailablePlain')
  const sentences = new Set(reasons.map((reason) => text(`reason.${reason}`)))
  return text('idle.unavailable', { reasons: [...sentences].join(', ') })
}
