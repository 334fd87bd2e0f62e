import { parseCitizenIdNumber } from '../../domain/citizen-id-number.ts'
import { parsePassport } from '../../domain/passport.ts'
import { parsePhone } from '../../domain/phone.ts'
import { parseTaxCode } from '../../domain/tax-code.ts'
import type { FormRules } from '../../flows/intake/form.ts'
import type { ProcedurePort } from '../../flows/procedure-port.ts'
import type { KioskConfig } from '../config/kiosk-config.ts'

export function formRules(parts: {
  readonly procedures: ProcedurePort
  readonly isBagUsed: (bagCode: string) => boolean
  readonly isScanOffered: () => boolean
  readonly mayGoOnUnconfirmed: FormRules['mayGoOnUnconfirmed']
  readonly limits: KioskConfig['limits']
}): FormRules {
  return {
    idNumber: parseCitizenIdNumber,
    passport: parsePassport,
    taxCode: (text) => parseTaxCode(text)?.taxCode,
    personName,
    phone: parsePhone,
    procedures: parts.procedures,
    isBagUsed: parts.isBagUsed,
    isScanOffered: parts.isScanOffered,
    mayGoOnUnconfirmed: parts.mayGoOnUnconfirmed,
    limits: {
      phoneCodeTries: parts.limits.phoneCodeAttempts,
      phoneCodeSendings: parts.limits.phoneCodesPerSession,
      secretLength: 6,
    },
  }
}

/** Two letters at least, spaces tidied, NFC; no longer than the province's form, which counts in UTF-16. */
function personName(text: string): string | undefined {
  const name = text.normalize('NFC').replace(/\s+/g, ' ').trim()
  const letters = name.match(/\p{L}/gu)?.length ?? 0
  return letters >= 2 && name.length <= 200 ? name : undefined
}
