import { rmSync } from 'node:fs'
import type { ProvinceKeys } from '../../../src/contract/province/keys.ts'
import { smsContentSchema } from '../../../src/province/notices/sms-content.ts'
import { unsealJson } from '../../../src/province/notices/unseal-json.ts'
import { resultSender } from '../../../src/province/officer/send-result.ts'
import { openKeys } from '../../../src/province/security/keys.ts'
import { startProvince } from '../../../src/province/server.ts'
import type { Dossier } from '../../../src/province/store/records/dossier-records.ts'
import type { StoredMessage } from '../../../src/province/store/records/message-records.ts'
import { demoKiosk, testProvinceConfig } from '../../support/province.ts'
import { makeFastFolder } from './fast-folder.ts'

/** The real province in this process, behind its own HTTP, on the run's clock. */
export interface LightProvince {
  readonly url: string
  readonly published: ProvinceKeys
  dossiers(): Promise<readonly Dossier[]>
  messages(): Promise<readonly StoredMessage[]>
  /** What has been sent to a phone so far, oldest first. */
  sms(phone: string): Promise<readonly { readonly text: string; readonly qr: string | null }[]>
  /** An officer accepts the dossier and sends its result to the machine; answers its official code. */
  finish(intakeId: string): Promise<string | undefined>
  stop(): Promise<void>
}

export async function startLightProvince(now: () => Date): Promise<LightProvince> {
  const dataFolder = makeFastFolder('light-province')
  const province = await startProvince({
    config: await testProvinceConfig(),
    dataFolder,
    clock: now,
    log: () => {},
  })
  const { store } = province
  const keys = await openKeys(dataFolder, true)
  const results = resultSender({ store, keys, clock: now })
  return {
    url: province.url,
    published: province.published,
    dossiers: () => store.dossiers.list({ offset: 0, limit: 1_000_000 }),
    messages: () => store.messages.list({ limit: 1_000_000 }),
    async sms(phone) {
      await province.noticesSettled()
      const found: { text: string; qr: string | null }[] = []
      for (const { sealed } of await store.sms.after(0, 1_000_000)) {
        const content = await unsealJson(keys, sealed, smsContentSchema)
        if (!content.ok || content.value.phone !== phone) continue
        found.push({ text: content.value.text, qr: content.value.attachment?.payload ?? null })
      }
      return found
    },
    async finish(intakeId) {
      const at = now().toISOString()
      await store.dossiers.accept({
        ...{ intakeId, user: 'canbo', at, day: at.slice(0, 10) },
        codeOf: (unit, sequence) => `${unit}-${at.slice(2, 10).replaceAll('-', '')}-${sequence}`,
      })
      const dossier = await store.dossiers.find(intakeId)
      if (!dossier?.dossierCode) return undefined
      const form = {
        kioskId: demoKiosk.id,
        assurance: 'code',
        size: 'small',
        keepDays: 10,
      } as const
      const sent = await results.ofDossier(intakeId, form, 'canbo')
      return sent.outcome === 'sent' ? dossier.dossierCode : undefined
    },
    async stop() {
      await province.stop()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}
