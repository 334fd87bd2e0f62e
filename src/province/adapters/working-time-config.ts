import { z } from 'zod'

const rangeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/)

/** Hours and days on which the office works, for the due date that an official system is told. */
export const workingTimeSchema = z.strictObject({
  /** Weekday 1 (Monday) to 7; one that is missing is off. */
  hours: z
    .array(z.strictObject({ weekday: z.int().min(1).max(7), ranges: z.array(rangeSchema).min(1) }))
    .default(
      [1, 2, 3, 4, 5].map((weekday) => ({ weekday, ranges: ['07:30-11:30', '13:00-17:00'] })),
    ),
  daysOff: z.array(z.iso.date()).default([]),
  /** Days off by the week that are worked instead, with Monday's hours. */
  makeUpDays: z.array(z.iso.date()).default([]),
  /** What is due exactly at closing time is due then, or the next time the office opens. */
  endOfDay: z.enum(['sameDay', 'nextOpening']).default('sameDay'),
  /** `HH:mm`: what is received later and due the same day is due a day of work later. */
  sameDayUntil: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
})
export type WorkingTimeConfig = z.infer<typeof workingTimeSchema>
