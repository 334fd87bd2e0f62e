import { z } from 'zod'
import { type SealedDossier, sealedDossierSchema } from '../../contract/province/sealed.ts'
import { type SmsContent, smsContentSchema } from '../notices/sms-content.ts'
import { unsealJson } from '../notices/unseal-json.ts'
import type { Keys } from '../security/keys.ts'
import type { ProvinceStore } from '../store/contract.ts'
import type { Dossier } from '../store/records/dossier-records.ts'
import type { Result } from '../store/records/result-records.ts'
import type { StoredSms } from '../store/records/sms-records.ts'

export interface HeldOnPerson {
  readonly dossiers: readonly { readonly dossier: Dossier; readonly content: SealedDossier }[]
  readonly sms: readonly { readonly sms: StoredSms; readonly content: SmsContent }[]
  /** Results whose phone an officer typed. */
  readonly results: readonly Result[]
  /** Dossiers that could not be opened, and so not be compared. */
  readonly unreadable: readonly string[]
}

const atOnce = 200

/** Letters and digits only, so that spaces and dots of whoever typed it make no difference. */
export function comparable(number: string): string {
  return number
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .replace(/^84(?=\d{9}$)/, '0')
}

/**
 * Opens everything that is sealed here and compares: nothing outside the seals says whose it is. Dossiers by ID
 * number or phone; messages and typed phones by the phones of what was found.
 */
export async function findPerson(
  wanted: string,
  { store, keys }: { readonly store: ProvinceStore; readonly keys: Keys },
): Promise<HeldOnPerson> {
  const number = comparable(wanted)
  const phones = new Set([number])
  const dossiers: { dossier: Dossier; content: SealedDossier }[] = []
  const unreadable: string[] = []
  const total = await store.dossiers.count()
  for (let offset = 0; offset < total; offset += atOnce) {
    for (const dossier of await store.dossiers.list({ offset, limit: atOnce })) {
      if (dossier.erasedAt !== null) continue
      const opened = await unsealJson(keys, dossier.sealed, sealedDossierSchema)
      if (!opened.ok) {
        unreadable.push(dossier.intakeId)
        continue
      }
      const { applicant, owner, phone } = opened.value
      const numbers = [applicant.idNumber, owner.idNumber, phone].map(comparable)
      if (!numbers.includes(number)) continue
      dossiers.push({ dossier, content: opened.value })
      // The phone is the applicant's: it says nothing about an owner who is somebody else.
      if (phone !== '' && comparable(applicant.idNumber) === number) phones.add(comparable(phone))
    }
  }
  return {
    dossiers,
    sms: await smsTo(phones, store, keys),
    results: await resultsOf(phones, store, keys),
    unreadable,
  }
}

async function smsTo(phones: ReadonlySet<string>, store: ProvinceStore, keys: Keys) {
  const found: { sms: StoredSms; content: SmsContent }[] = []
  for (let after = 0; ; ) {
    const some = await store.sms.after(after, atOnce)
    for (const sms of some) {
      if (sms.sealed === '') continue
      const content = await unsealJson(keys, sms.sealed, smsContentSchema)
      if (content.ok && phones.has(comparable(content.value.phone))) {
        found.push({ sms, content: content.value })
      }
    }
    const last = some.at(-1)
    if (last === undefined) return found
    after = last.id
  }
}

async function resultsOf(phones: ReadonlySet<string>, store: ProvinceStore, keys: Keys) {
  const found: Result[] = []
  for (const result of await store.results.list(Number.MAX_SAFE_INTEGER)) {
    if (result.sealedPhone === null) continue
    const phone = await unsealJson(keys, result.sealedPhone, z.string())
    if (phone.ok && phones.has(comparable(phone.value))) found.push(result)
  }
  return found
}
