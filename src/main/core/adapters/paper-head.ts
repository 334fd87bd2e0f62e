import type { SecondLanguage } from '../../printing/slip-content.ts'
import type { KioskConfig } from '../config/kiosk-config.ts'

/** What stands on everything that this machine prints. */
export function paperHead(
  config: KioskConfig,
  paper: {
    readonly widthDots: number
    readonly secondLanguage: SecondLanguage | undefined
    /** UTC, ISO 8601. */
    readonly at: string
    readonly clockSynchronised: boolean
  },
) {
  return {
    ...paper,
    authority: config.place.unitName,
    place: config.place.name,
    kioskId: config.kioskId,
    timeZone: config.hours.timeZone,
    helpLine: config.helpLine.phone,
    helpHours: config.helpLine.hours.vi,
  }
}
