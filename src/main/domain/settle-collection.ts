import type { SensorFacts } from './sensor-facts.ts'

export interface CollectionFacts extends SensorFacts {
  /** The item sensor before the door was unlocked, where it is known. */
  readonly baselineItem?: SensorFacts['item']
  /** The door stayed open past its time and nobody waits any more. */
  readonly leftOpen?: boolean
}

export type CollectionSettlement = 'taken' | 'notTaken' | 'wait' | 'unknown'

/**
 * What became of an opened result compartment. `taken` only if the sensor, which saw the item before, sees
 * nothing now: then the right is used up. `notTaken` leaves the right as it was.
 */
export function settleCollection(facts: CollectionFacts): CollectionSettlement {
  const { door, item, baselineItem = 'present', leftOpen = false } = facts
  if (door === 'unknown') return 'unknown'
  const gone = item === 'absent' && baselineItem === 'present'
  if (door === 'open') {
    if (!leftOpen) return 'wait'
    // With the door open whatever still lies inside may go at any moment.
    return gone ? 'taken' : 'unknown'
  }
  if (gone) return 'taken'
  return item === 'present' ? 'notTaken' : 'unknown'
}
