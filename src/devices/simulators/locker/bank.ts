import type { Clock } from '../../clock.ts'
import { type Door, type DoorEvent, type DoorMemory, door } from './door.ts'

export interface BankOptions {
  readonly boards: readonly number[]
  readonly locksPerBoard: number
  readonly lockBitWhenClosed: 0 | 1
  readonly itemBitWhenPresent: 0 | 1
  readonly clock: Clock
  readonly happened: (event: DoorEvent & { readonly board: number; readonly lock: number }) => void
  readonly remembered: readonly DoorState[]
}

/** One door of the `state` command and of the state file. */
export interface DoorState extends DoorMemory {
  readonly board: number
  readonly lock: number
}

export interface Bank {
  readonly boards: readonly number[]
  /** Throws for an address without a door. */
  door(board: number, lock: number): Door
  /** Undefined when no lock is wired there: the pulse goes nowhere. */
  find(board: number, lock: number): Door | undefined
  state(): readonly DoorState[]
  /** The two bit fields of a status frame, as the switches of this bank are wired. */
  bits(board: number): { readonly lockBits: number; readonly itemBits: number }
}

export function bank(options: BankOptions): Bank {
  const { boards, locksPerBoard } = options
  const doors = new Map<string, Door>()
  const key = (board: number, lock: number): string => `${board}:${lock}`
  const addresses = boards.flatMap((board) =>
    Array.from({ length: locksPerBoard }, (_, lock) => ({ board, lock })),
  )
  for (const address of addresses) {
    const remembered = options.remembered.find(
      ({ board, lock }) => board === address.board && lock === address.lock,
    )
    const happened = (event: DoorEvent): void => options.happened({ ...event, ...address })
    doors.set(key(address.board, address.lock), door(options.clock, happened, remembered))
  }
  const find = (board: number, lock: number): Door | undefined => doors.get(key(board, lock))

  return {
    boards,
    find,
    door(board, lock) {
      const found = find(board, lock)
      if (found === undefined) throw new Error(`there is no door ${lock} on board ${board}`)
      return found
    },
    state: () =>
      addresses.map((address) => {
        const found = find(address.board, address.lock)
        if (found === undefined) throw new Error('unreachable: every address has a door')
        return { ...address, ...found.memory() }
      }),
    bits(board) {
      let lockBits = 0
      let itemBits = 0
      for (let lock = 0; lock < locksPerBoard; lock += 1) {
        const found = find(board, lock)
        const closed = !(found?.sensedOpen() ?? false)
        const present = found?.sensedItem() ?? false
        lockBits |= (closed ? options.lockBitWhenClosed : 1 - options.lockBitWhenClosed) << lock
        itemBits |= (present ? options.itemBitWhenPresent : 1 - options.itemBitWhenPresent) << lock
      }
      return { lockBits, itemBits }
    },
  }
}
