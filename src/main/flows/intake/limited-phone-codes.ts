import type { PhoneCodePort, SecretsPort } from '../secrets-port.ts'
import type { RightStore } from '../store-port.ts'

const dayMs = 86_400_000

/**
 * Nobody makes the machine ring a stranger's phone all day: above the limit nothing is sent, and the number is
 * typed twice as without a network. Counted on disk before anything leaves, whatever becomes of it.
 */
export function limitedPhoneCodes(
  phoneCodes: PhoneCodePort,
  rule: {
    readonly store: Pick<RightStore, 'beginTry'>
    readonly secrets: Pick<SecretsPort, 'phoneHash'>
    readonly perNumberPerDay: number
  },
): PhoneCodePort {
  return {
    async send(phone, code, language) {
      const scope = `phoneCode:${rule.secrets.phoneHash(phone)}`
      const limit = { scope, limit: rule.perNumberPerDay, windowMs: dayMs }
      if (!rule.store.beginTry([limit])) return 'offline'
      return phoneCodes.send(phone, code, language)
    },
  }
}
