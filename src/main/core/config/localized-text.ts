import { z } from 'zod'

/** A text for citizens. Vietnamese always; the others as far as the machine offers the language. */
export const localizedTextSchema = z.strictObject({
  vi: z.string().min(1),
  en: z.string().min(1).optional(),
  km: z.string().min(1).optional(),
})
export type LocalizedText = z.output<typeof localizedTextSchema>
