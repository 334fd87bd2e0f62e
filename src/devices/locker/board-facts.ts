import type { CompartmentSensors, LockAddress } from '../contract.ts'
import { locksPerBoard } from '../protocols/kerong-cu16/frames.ts'
import type { StatusReply } from '../protocols/kerong-cu16/replies.ts'

export interface Wiring {
  /** KERONG banks are sold both ways; found at installation by opening one door. */
  readonly lockBitWhenClosed: 0 | 1
  readonly itemBitWhenPresent: 0 | 1
  readonly isWired: (address: LockAddress) => boolean
  readonly hasItemSensor: (address: LockAddress) => boolean
}

export const nothingKnown: CompartmentSensors = { door: 'unknown', item: 'unknown' }

const allLocks = Array.from({ length: locksPerBoard }, (_, lock) => lock)

export const allUnknown: readonly CompartmentSensors[] = allLocks.map(() => nothingKnown)

/** What one status frame says of each lock; `unknown` where nothing is wired that could know. */
export function factsOf(reply: StatusReply, wiring: Wiring): readonly CompartmentSensors[] {
  return allLocks.map((lock): CompartmentSensors => {
    const address = { board: reply.board, lock }
    if (!wiring.isWired(address)) return nothingKnown
    const closed = ((reply.lockBits >> lock) & 1) === wiring.lockBitWhenClosed
    const present = ((reply.itemBits >> lock) & 1) === wiring.itemBitWhenPresent
    return {
      door: closed ? 'closed' : 'open',
      item: wiring.hasItemSensor(address) ? (present ? 'present' : 'absent') : 'unknown',
    }
  })
}

export function sameFacts(a: CompartmentSensors, b: CompartmentSensors): boolean {
  return a.door === b.door && a.item === b.item
}

/**
 * Stable name of a status frame by what changed against the frame before it: `status:door-open`,
 * `status:item-in+door-closed`, `status:no-change`; `status:first` when there was none before.
 */
export function statusMessage(
  before: readonly CompartmentSensors[] | undefined,
  after: readonly CompartmentSensors[],
): string {
  if (before === undefined) return 'status:first'
  const sees = (
    test: (was: CompartmentSensors, is: CompartmentSensors) => boolean,
    name: string,
  ): string[] => (after.some((is, lock) => test(before[lock] ?? nothingKnown, is)) ? [name] : [])
  const changes = [
    ...sees((was, is) => was.door !== 'open' && is.door === 'open', 'door-open'),
    ...sees((was, is) => was.item !== 'present' && is.item === 'present', 'item-in'),
    ...sees((was, is) => was.item !== 'absent' && is.item === 'absent', 'item-out'),
    ...sees((was, is) => was.door !== 'closed' && is.door === 'closed', 'door-closed'),
  ]
  return `status:${changes.length === 0 ? 'no-change' : changes.join('+')}`
}
