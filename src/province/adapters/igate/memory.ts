import { z } from 'zod'

/** Where a dossier stands in the six calls; noted before each that must not happen twice. */
export const igateMemorySchema = z.strictObject({
  /** From GetNextValue; asked for once. */
  number: z.string().optional(),
  /** The scanned pages, uploaded. */
  scan: z.strictObject({ id: z.string(), hash: z.string() }).optional(),
  isThere: z.boolean(),
  /** NoiHoSo was sent and nobody knows what became of it. */
  isOpen: z.boolean(),
  /** idHoSo */
  id: z.string().optional(),
  /** The last step whose progress is there. */
  toldThrough: z.int().optional(),
})
export type IgateMemory = z.infer<typeof igateMemorySchema>

export function readMemory(memory: unknown): IgateMemory {
  return igateMemorySchema.safeParse(memory).data ?? { isThere: false, isOpen: false }
}
