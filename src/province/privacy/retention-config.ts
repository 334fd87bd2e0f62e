import { z } from 'zod'
import { daysOf } from '../../contract/privacy/held-data.ts'
import { provinceHeld } from '../../contract/privacy/province-held.ts'

const days = (usual: number) => z.int().min(1).max(36_500).default(usual)

/** How long things are kept, where the province's rules differ from `docs/privacy.md`. */
export const retentionSchema = z.strictObject({
  dossierDays: days(daysOf(provinceHeld.dossier)),
  dossierWithoutResultDays: days(daysOf(provinceHeld.dossierWithoutResult)),
  noticeDays: days(daysOf(provinceHeld.notices)),
})
export type RetentionConfig = z.infer<typeof retentionSchema>
