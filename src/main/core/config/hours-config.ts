import { z } from 'zod'

const rangeSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$/, {
    error: 'must look like 07:30-11:30',
  })
  .refine((range) => range.slice(0, 5) < range.slice(6), { error: 'must end after it begins' })

export const weekSchema = z.array(
  z.strictObject({
    /** ISO: 1 = Monday … 7 = Sunday. */
    weekday: z.int().min(1).max(7),
    ranges: z.array(rangeSchema).min(1),
  }),
)

export const hoursConfigSchema = z.strictObject({
  timeZone: z.string().default('Asia/Ho_Chi_Minh'),
  /** When officers work. A weekday that is not named is off. */
  office: weekSchema,
  /** When the machine serves; absent: day and night. */
  service: weekSchema.optional(),
  holidays: z.array(z.iso.date()).default([]),
})
export type HoursConfig = z.output<typeof hoursConfigSchema>
