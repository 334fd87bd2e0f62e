import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { assurances } from '../../contract/province/feed.ts'
import { kioskIdSchema } from '../../contract/province/message.ts'
import type { ResultContents } from '../../contract/words.ts'
import type { Clock } from '../clock.ts'
import type { Keys } from '../security/keys.ts'
import type { ProvinceStore } from '../store/contract.ts'
import type { Dossier } from '../store/records/dossier-records.ts'

const howItLies = {
  kioskId: kioskIdSchema,
  assurance: z.enum(assurances),
  size: z.enum(['small', 'large']),
  keepDays: z.coerce.number().int().min(1).max(60),
}

/** The officer's form for a dossier that was handed in at a kiosk. */
export const sendResultFormSchema = z.object(howItLies)

/** The officer's form for any other dossier: what the machine must know is typed. */
export const typedResultFormSchema = z.object({
  ...howItLies,
  dossierCode: z.string().trim().min(1).max(64),
  procedureCode: z.string().trim().min(1).max(64),
  phone: z
    .string()
    .transform((text) => text.replaceAll(/[\s.-]/g, ''))
    .pipe(z.string().regex(/^0\d{9,10}$/)),
  phoneConfirmed: z.literal('yes').optional(),
})

export type SendOutcome =
  | { readonly outcome: 'sent'; readonly resultId: string }
  | { readonly outcome: 'active' | 'unknownKiosk' | 'notAccepted' | 'notEnded' }

export interface ResultSender {
  ofDossier(
    intakeId: string,
    form: z.infer<typeof sendResultFormSchema>,
    user: string,
  ): Promise<SendOutcome>
  /** The papers of a dossier that was refused or withdrawn, in the bag in which they came. */
  papersOf(
    intakeId: string,
    form: z.infer<typeof sendResultFormSchema>,
    user: string,
  ): Promise<SendOutcome>
  typed(form: z.infer<typeof typedResultFormSchema>, user: string): Promise<SendOutcome>
}

/** Puts a finished result on a kiosk's feed, so that an officer may stock it there. */
export function resultSender(parts: {
  readonly store: ProvinceStore
  readonly keys: Keys
  readonly clock: Clock
}): ResultSender {
  const { store, keys, clock } = parts
  const announced = (
    outcome: Awaited<ReturnType<ProvinceStore['results']['announce']>>,
    id: string,
  ) => (outcome === 'announced' ? { outcome: 'sent' as const, resultId: id } : { outcome })

  async function announce(
    what: ResultContents,
    { intakeId, procedureCode, phoneConfirmed }: Dossier,
    dossierCode: string,
    { kioskId, ...how }: z.infer<typeof sendResultFormSchema>,
    user: string,
  ): Promise<SendOutcome> {
    const resultId = randomUUID()
    const item = { resultId, what, dossierCode, intakeId, procedureCode, phoneConfirmed, ...how }
    const at = clock().toISOString()
    return announced(
      await store.results.announce({ item, kioskId, sealedPhone: null, user, at }),
      resultId,
    )
  }

  return {
    async ofDossier(intakeId, { kioskId, ...how }, user) {
      const dossier = await store.dossiers.find(intakeId)
      if (!dossier?.dossierCode) return { outcome: 'notAccepted' }
      return announce('result', dossier, dossier.dossierCode, { kioskId, ...how }, user)
    },
    async papersOf(intakeId, form, user) {
      const dossier = await store.dossiers.find(intakeId)
      if (!dossier) return { outcome: 'notEnded' }
      return announce('papers', dossier, dossier.dossierCode ?? intakeId, form, user)
    },
    async typed({ kioskId, phone, phoneConfirmed, ...how }, user) {
      const resultId = randomUUID()
      const item = { resultId, phoneConfirmed: phoneConfirmed === 'yes', ...how }
      const sealedPhone = await keys.seal(JSON.stringify(phone))
      const at = clock().toISOString()
      return announced(
        await store.results.announce({ item, kioskId, sealedPhone, user, at }),
        resultId,
      )
    },
  }
}
