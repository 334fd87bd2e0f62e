import type { Language } from '../../../contract/roles.ts'
import type { KioskConfig } from '../config/kiosk-config.ts'
import texts from './sms-texts.json' with { type: 'json' }

/** The SMS that stands in for a slip that could not be printed. It confirms what the machine knows, no more. */
export function smsText(config: KioskConfig, intakeId: string, language: Language): string {
  return texts.slipNotPrinted[language]
    .replace('{place}', config.place.name)
    .replace('{intakeId}', intakeId)
    .replace('{phone}', config.helpLine.phone)
}
