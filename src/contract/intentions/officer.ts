import { z } from 'zod'
import { offListReasons } from '../screens/officer.ts'
import { supplies } from '../supplies.ts'
import { intention, officer } from './intention.ts'

/** An officer empties and stocks. */
export const officerIntentions = {
  startStocking: intention(officer, ['staffMenu'], {}),
  startEmptying: intention(officer, ['staffMenu'], {}),
  /** Bags or paper were filled up to the full. */
  fillSupply: intention(officer, ['staffMenu'], { supply: z.enum(supplies) }),
  /** Opens the next compartment of the work-list; one door at a time. */
  openNext: intention(officer, ['emptyList'], {}),
  /** One after the other: the next opens when the last is settled and shut. */
  startRound: intention(officer, ['emptyList'], {}),
  /** After the door that is open now. */
  stopRound: intention(officer, ['emptyDoor', 'returnDoor', 'lookDoor'], {}),
  /** The bag is in the hand, its barcode cannot be read. */
  bagUnreadable: intention(officer, ['emptyDoor'], {}),
  /** What was read, or a thing without a code, belongs to no bag of this compartment. */
  recordSurplus: intention(officer, ['emptyDoor', 'lookDoor'], {}),
  /** The envelope had gone before this door was opened. */
  nothingInside: intention(officer, ['returnDoor'], {}),
  handOver: intention(officer, ['emptyList'], {}),
  printHandOver: intention(officer, ['handOver'], {}),
  handOverDone: intention(officer, ['handOver'], {}),
  /** No bag lies in the open compartment. */
  bagMissing: intention(officer, ['emptyDoor'], {}),
  startOffList: intention(officer, ['staffMenu'], {}),
  /** A door that no list names; it opens before a second person only. */
  chooseCompartment: intention(officer, ['offListDoors'], { compartment: z.int() }),
  giveReason: intention(officer, ['offListReason'], { reason: z.enum(offListReasons) }),
  continueAfterProblem: intention(officer, ['staffDoorProblem'], {}),
} as const
