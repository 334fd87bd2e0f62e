import { citizen, intention } from './intention.ts'

/** A citizen takes a result out. */
export const collectionIntentions = {
  typeCode: intention(citizen, ['collect'], {}),
  /** The number on the slip, typed, where the slip itself is not at hand. */
  typeIntakeNumber: intention(citizen, ['collect', 'collectProof'], {}),
  openAgain: intention(citizen, ['collectNotTaken'], {}),
  finish: intention(
    citizen,
    ['collectDone', 'collectRefused', 'collectNotTaken', 'collectIncident'],
    {},
  ),
} as const
