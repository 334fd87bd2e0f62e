import type { PhoneCode } from '../../contract/province/sealed.ts'
import type { Language } from '../../contract/roles.ts'
import type { ProvinceClient } from './province-client.ts'
import type { Sealer } from './seal.ts'

/**
 * Asks the province to send a confirmation code by SMS at once, or not at all: it is never queued, since a
 * code that comes tomorrow confirms nothing. `offline` whatever the reason was; the citizen types the
 * number twice then.
 */
export type SendPhoneCode = (
  phone: string,
  code: string,
  language: Language,
) => Promise<'sent' | 'offline'>

export function createPhoneCodeSender(
  client: Pick<ProvinceClient, 'requestPhoneCode'>,
  sealer: Sealer,
  deadlineMs = 5_000,
): SendPhoneCode {
  return async (phone, code, language) => {
    const content: PhoneCode = { version: 1, phone, code, language }
    const sealed = await sealer.seal(JSON.stringify(content))
    const answer = await client.requestPhoneCode(sealed, deadlineMs)
    return answer.outcome === 'done' ? 'sent' : 'offline'
  }
}
