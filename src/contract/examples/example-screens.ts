import type { Screen } from '../screen.ts'
import { collectionExamples } from './collection.ts'
import { idleExamples } from './idle.ts'
import { intakeExamples } from './intake.ts'
import { officerExamples } from './officer.ts'
import { operatorExamples } from './operator.ts'
import { scanExamples } from './scan.ts'
import { staffExamples } from './staff.ts'
import { technicianExamples } from './technician.ts'

/** Every screen at least once, in the states that look different. All people, numbers and codes are made up. */
export const exampleScreens: Readonly<Record<string, Screen>> = {
  ...idleExamples,
  ...intakeExamples,
  ...scanExamples,
  ...collectionExamples,
  ...staffExamples,
  ...officerExamples,
  ...operatorExamples,
  ...technicianExamples,
}
