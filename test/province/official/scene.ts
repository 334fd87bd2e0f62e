import type { z } from 'zod'
import type { SealedDossier } from '../../../src/contract/province/sealed.ts'
import type { adapterSchema } from '../../../src/province/adapters/adapter-config.ts'
import type { OfficialDelivery } from '../../../src/province/store/records/official-records.ts'
import { depositMessage, intakeIdOf, syntheticDossier } from '../../support/kiosk-client.ts'
import { type Scene, scene } from '../in-process.ts'

export type WrittenAdapter = z.input<typeof adapterSchema>

export interface OfficialScene extends Scene {
  /** A dossier that has come in; answers its number. */
  deposited(number?: number, changes?: Partial<SealedDossier>): Promise<string>
  /** One that an officer has accepted. */
  accepted(number?: number, changes?: Partial<SealedDossier>): Promise<string>
  /** Lets the queue do what is due now. */
  settled(): Promise<void>
  /** Lets more time pass than any back-off, and the queue work. */
  later(): Promise<void>
  delivery(adapter: string, intakeId: string): Promise<OfficialDelivery>
}

const dayMs = 24 * 60 * 60_000

export async function officialScene(...adapters: WrittenAdapter[]): Promise<OfficialScene> {
  const here = await scene({ adapters: adapters as never })
  const deposited = async (number = 1, changes = {}) => {
    const intakeId = intakeIdOf(number)
    const dossier = syntheticDossier(intakeId, changes)
    const answer = await here.kiosk.send(await depositMessage(here.recipient, dossier))
    if (answer.status !== 200) throw new Error(answer.text)
    return intakeId
  }
  const settled = () => here.province.officialSettled()
  return {
    ...here,
    deposited,
    async accepted(number, changes) {
      const intakeId = await deposited(number, changes)
      const officer = await here.officer()
      await officer.accept(intakeId)
      return intakeId
    },
    settled,
    async later() {
      here.waitMs(dayMs)
      await settled()
    },
    async delivery(adapter, intakeId) {
      const found = await here.province.store.official.find(adapter, intakeId)
      if (!found) throw new Error(`${intakeId} is not in the queue to ${adapter}`)
      return found
    },
  }
}
