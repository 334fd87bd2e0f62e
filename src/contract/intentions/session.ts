import { z } from 'zod'
import { displaySchema } from '../display.ts'
import { languages } from '../roles.ts'
import { anyone, intention } from './intention.ts'

/** Wherever somebody stands before the machine. */
export const sessionIntentions = {
  start: intention(['nobody'], ['idle'], { journey: z.enum(['intake', 'collection']) }),
  setLanguage: intention(anyone, 'any', { language: z.enum(languages) }),
  setDisplay: intention(anyone, 'any', displaySchema.shape),
  /** "I am still here." */
  stay: intention(anyone, 'any', {}),
  back: intention(anyone, 'any', {}),
  /** Ends the session; the door side is made safe first. */
  leave: intention(anyone, 'any', {}),
} as const
