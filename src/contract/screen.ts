import { z } from 'zod'
import { collectionScreens } from './screens/collection.ts'
import { idleScreens } from './screens/idle.ts'
import { intakeScreens } from './screens/intake.ts'
import { officerScreens } from './screens/officer.ts'
import { operatorScreens } from './screens/operator.ts'
import { scanScreens } from './screens/scan.ts'
import { staffScreens } from './screens/staff.ts'
import { technicianScreens } from './screens/technician.ts'

export * from './screens/parts.ts'

/**
 * Every screen that exists, and all that it shows. Core decides them; the renderer draws them and holds no
 * truth of its own. Texts stay in i18n: a screen carries codes, numbers and data only.
 */
export const screenSchema = z.discriminatedUnion('name', [
  ...idleScreens,
  ...intakeScreens,
  ...scanScreens,
  ...collectionScreens,
  ...staffScreens,
  ...officerScreens,
  ...operatorScreens,
  ...technicianScreens,
])
export type Screen = z.infer<typeof screenSchema>
export type ScreenName = Screen['name']
export const screenNames = screenSchema.options.map((option) => option.shape.name.value)
