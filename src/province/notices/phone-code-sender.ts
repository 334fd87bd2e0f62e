import { phoneCodeSchema } from '../../contract/province/sealed.ts'
import type { Clock } from '../clock.ts'
import type { Keys } from '../security/keys.ts'
import type { ProvinceStore } from '../store/contract.ts'
import type { SmsWriter } from './sms-texts.ts'
import { unsealJson } from './unseal-json.ts'

export type PhoneCodeOutcome = 'handedOver' | 'invalid' | 'tooMany'

/** Sends a confirmation code at once or not at all; limited per kiosk, so that nobody floods strangers' phones. */
export function phoneCodeSender(parts: {
  readonly store: ProvinceStore
  readonly keys: Keys
  readonly writer: SmsWriter
  readonly clock: Clock
  readonly perMinute: number
}): (kioskId: string, sealed: string) => Promise<PhoneCodeOutcome> {
  const { store, keys, writer, clock, perMinute } = parts

  return async (kioskId, sealed) => {
    const now = clock()
    const since = new Date(now.getTime() - 60_000).toISOString()
    const rule = { since, max: perMinute }
    const begun = await store.kiosks.beginPhoneCode(kioskId, now.toISOString(), rule)
    if (begun === 'tooMany') return 'tooMany'

    const request = await unsealJson(keys, sealed, phoneCodeSchema)
    if (!request.ok || request.value.phone === '') return 'invalid'
    await store.sms.add({
      at: now.toISOString(),
      kioskId,
      purpose: 'phoneCode',
      sealed: await keys.seal(JSON.stringify(writer.phoneCode(request.value))),
    })
    return 'handedOver'
  }
}
