import type { SensorFacts } from './sensor-facts.ts'

export interface DepositFacts {
  /** Whether a pulse for this deposit may have reached the lock. */
  readonly unlockSent: boolean
  /** The item sensor before the door was unlocked. */
  readonly baselineItem: SensorFacts['item']
  /** From a frame that was read after the door closed, or after the restart. */
  readonly sensors: SensorFacts
  /** `false`: watched all the time and it never opened. Absent after a restart: not known. */
  readonly doorEverOpened?: boolean
  /** The answer to "did you put it in?", asked when the sensor sees nothing. */
  readonly citizenSays?: 'inside' | 'notInside'
}

export type DepositSettlement = 'deposited' | 'abandoned' | 'unknown' | 'wait'

/**
 * What became of a deposit. `abandoned` only if the unlock was never sent or the closed compartment was
 * seen empty; `deposited` only if the sensor went from nothing to something behind a closed door. A
 * citizen's word alone proves neither, it only turns "empty" into "unknown".
 *
 * An unknown door stays `unknown`: call this once nobody waits for the bus any more.
 */
export function settleDeposit(facts: DepositFacts): DepositSettlement {
  const { unlockSent, baselineItem, sensors, doorEverOpened, citizenSays } = facts
  if (!unlockSent) return 'abandoned'
  switch (sensors.door) {
    case 'open':
      return 'wait'
    case 'unknown':
      return 'unknown'
    case 'closed':
      break
  }
  switch (sensors.item) {
    case 'unknown':
      return 'unknown'
    case 'present': {
      // An item that came through a shut door, or was there before, is a sensor in doubt.
      const cameIn = baselineItem === 'absent' && doorEverOpened !== false
      return cameIn && citizenSays !== 'notInside' ? 'deposited' : 'unknown'
    }
    case 'absent':
      // It was there before and is not now: whatever that was, it was not our bag going in.
      if (baselineItem === 'present') return 'unknown'
      return citizenSays === 'inside' ? 'unknown' : 'abandoned'
  }
}
