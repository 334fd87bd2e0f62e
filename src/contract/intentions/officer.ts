import { intention, officer } from './intention.ts'

/** An officer empties and stocks. */
export const officerIntentions = {
  startStocking: intention(officer, ['staffMenu'], {}),
  startEmptying: intention(officer, ['staffMenu'], {}),
  /** Opens the next compartment of the work-list; one door at a time. */
  openNext: intention(officer, ['emptyList'], {}),
  /** No bag lies in the open compartment. */
  bagMissing: intention(officer, ['emptyDoor'], {}),
  continueAfterProblem: intention(officer, ['staffDoorProblem'], {}),
} as const
