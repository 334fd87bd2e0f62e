import type { ReasonCode } from '../../../contract/faults.ts'
import type { CompartmentSensors } from '../../../devices/contract.ts'
import type { DoorVisitOutput } from '../door-visit.ts'
import type { StaffDoorOutput } from './staff-door.ts'

export interface Mark {
  readonly state: 'suspect' | 'unknown'
  readonly reason: ReasonCode
}

/** What an officer's visit to a door comes to: what is recorded, what is doubted, what the screen says. */
interface Settlement<Record extends string> {
  readonly record: Record
  readonly mark: Mark | undefined
  readonly problem: 'doorJammed' | 'unknown' | undefined
}

export type EmptyingSettlement = Settlement<'collected' | 'missing' | 'stillInside' | 'nothing'>
export type StockingSettlement = Settlement<'stocked' | 'notStocked' | 'doorSuspect' | 'nothing'>

const nobodySaw: Settlement<'nothing'> = {
  record: 'nothing',
  mark: { state: 'unknown', reason: 'COMPARTMENT_UNKNOWN' },
  problem: 'unknown',
}

/** A bag is taken off the list only when it was accounted for and nothing is seen inside any more. */
export function settleEmptying({ door, bag }: StaffDoorOutput): EmptyingSettlement {
  if (bag !== 'open' && isGone(door)) {
    const record = bag === 'scanned' ? 'collected' : 'missing'
    return { record, mark: doubtOf(door), problem: undefined }
  }
  if (door.result === 'closed' && bag !== 'open') {
    // Accounted for, and something is inside all the same: it stays on the list.
    const mark: Mark = { state: 'suspect', reason: 'ITEM_SENSOR_SUSPECT' }
    return { record: 'nothing', mark, problem: undefined }
  }
  if (door.result === 'closed')
    return { record: 'stillInside', mark: undefined, problem: undefined }
  if (stayedShut(door, 'present')) {
    return { record: 'stillInside', mark: undefined, problem: 'doorJammed' }
  }
  return nobodySaw
}

/**
 * A result that somebody else may still collect is taken off the books only when the sensor saw it inside before
 * and gone now. Whatever nobody saw is the next officer's to settle, from the work-list.
 */
export function settleOffList(
  door: DoorVisitOutput,
  before: CompartmentSensors['item'],
): Settlement<'takenOut' | 'stillInside' | 'nothing'> {
  if (door.result === 'closed' && door.item === 'present') {
    return { record: 'stillInside', mark: undefined, problem: undefined }
  }
  const isAbsent = 'item' in door && door.item === 'absent'
  if (before === 'present' && isAbsent && isGone(door)) {
    return { record: 'takenOut', mark: doubtOf(door), problem: undefined }
  }
  if (before !== 'unknown' && stayedShut(door, before)) {
    return { record: 'stillInside', mark: undefined, problem: 'doorJammed' }
  }
  return nobodySaw
}

/** @param wasUnknown nobody knew before this visit whether the envelope lies inside. */
export function settleStocking(door: DoorVisitOutput, wasUnknown: boolean): StockingSettlement {
  if (door.result === 'closed' && door.item === 'present') {
    return { record: 'stocked', mark: undefined, problem: undefined }
  }
  if (door.result === 'closed' && door.item === 'absent') {
    return { record: 'notStocked', mark: undefined, problem: undefined }
  }
  if (!wasUnknown && stayedShut(door, 'absent')) {
    const record = door.result === 'refused' ? 'notStocked' : 'doorSuspect'
    return { record, mark: undefined, problem: 'doorJammed' }
  }
  return nobodySaw
}

/** No pulse, or one that moved nothing: the item sensor says what it said before. */
export function stayedShut(door: DoorVisitOutput, before: 'present' | 'absent'): boolean {
  return door.result === 'refused' || (door.result === 'notOpened' && door.item === before)
}

/** Nothing lies inside any more; a compartment without a working item sensor must at least be closed. */
function isGone(door: DoorVisitOutput): boolean {
  switch (door.result) {
    case 'closed':
      return door.item !== 'present'
    case 'leftOpen':
    case 'notOpened':
      return door.item === 'absent'
    case 'refused':
    case 'unknown':
      return false
  }
}

/** A door that nobody saw closing is not used again until somebody has looked. */
function doubtOf(door: DoorVisitOutput): Mark | undefined {
  switch (door.result) {
    case 'leftOpen':
      return { state: 'suspect', reason: 'DOOR_LEFT_OPEN' }
    case 'notOpened':
      return { state: 'suspect', reason: 'DOOR_NOT_OPENED' }
    default:
      return undefined
  }
}
