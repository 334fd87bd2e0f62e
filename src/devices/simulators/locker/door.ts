import type { Clock } from '../../clock.ts'

/** A spring pushes the door open this long after the latch let go. */
export const springMs = 80
/** The board holds the solenoid this long; then the latch can catch again. */
export const pulseMs = 500

export type StuckSensor<T> = T | undefined

/** What lasts when the simulator is started again. */
export interface DoorMemory {
  readonly open: boolean
  readonly items: readonly string[]
  readonly jammed: boolean
  readonly stuckDoor: 'open' | 'closed' | undefined
  readonly stuckItem: 'present' | 'absent' | undefined
  /** The coil stays on: the latch catches no more. */
  readonly coilStuck?: boolean
}

export type DoorEvent =
  | { readonly event: 'pulse' | 'doorClosed' }
  | { readonly event: 'doorOpened'; readonly by: 'pulse' | 'pull' | 'force' }
  | { readonly event: 'itemIn' | 'itemOut'; readonly item: string }

export interface Door {
  /** The truth of the world, whatever the sensors say. */
  memory(): DoorMemory
  sensedOpen(): boolean
  sensedItem(): boolean
  pulse(): void
  /** Someone with a crowbar. */
  force(): void
  /** A hand at the handle: true when the door gave way. */
  pull(): boolean
  close(): void
  putItem(item: string): void
  /** The named item, or the one put in last. */
  takeItem(item?: string): string
  jam(on: boolean): void
  coil(stuck: boolean): void
  stickDoorSensor(at: 'open' | 'closed' | undefined): void
  stickItemSensor(at: 'present' | 'absent' | undefined): void
}

const emptyAndClosed: DoorMemory = {
  open: false,
  items: [],
  jammed: false,
  stuckDoor: undefined,
  stuckItem: undefined,
}

/**
 * One compartment's mechanics. Nothing closes a door by itself, and nothing passes through a closed one.
 * `happened` is called after the memory has changed.
 */
export function door(
  clock: Clock,
  happened: (event: DoorEvent) => void,
  remembered: DoorMemory = emptyAndClosed,
): Door {
  let memory = remembered
  let latchFreeUntilMs = Number.NEGATIVE_INFINITY

  const change = (part: Partial<DoorMemory>, event?: DoorEvent): void => {
    memory = { ...memory, ...part }
    if (event !== undefined) happened(event)
  }
  const open = (by: 'pulse' | 'pull' | 'force'): void => {
    if (!memory.open) change({ open: true }, { event: 'doorOpened', by })
  }
  const needOpen = (what: string): void => {
    if (!memory.open) throw new Error(`the door is closed: ${what}`)
  }

  return {
    memory: () => memory,
    sensedOpen: () => (memory.stuckDoor === undefined ? memory.open : memory.stuckDoor === 'open'),
    sensedItem: () =>
      memory.stuckItem === undefined ? memory.items.length > 0 : memory.stuckItem === 'present',
    pulse() {
      latchFreeUntilMs = clock.monotonicMs() + pulseMs
      happened({ event: 'pulse' })
      if (memory.open || memory.jammed) return
      clock.setTimer(springMs, () => {
        if (!memory.jammed) open('pulse')
      })
    },
    force: () => open('force'),
    pull() {
      // A jammed door sticks; while the latch is held back a good pull helps.
      if (!memory.open && clock.monotonicMs() < latchFreeUntilMs) open('pull')
      return memory.open
    },
    close() {
      needOpen('it cannot be closed again')
      change({ open: false }, { event: 'doorClosed' })
      if (memory.coilStuck) clock.setTimer(springMs, () => open('pulse'))
    },
    putItem(item) {
      needOpen('nothing can be put in')
      if (memory.items.includes(item)) throw new Error(`${item} is inside already`)
      change({ items: [...memory.items, item] }, { event: 'itemIn', item })
    },
    takeItem(wanted) {
      needOpen('nothing can be taken out')
      const item = wanted ?? memory.items.at(-1)
      if (item === undefined) throw new Error('the compartment is empty')
      if (!memory.items.includes(item)) throw new Error(`${item} is not inside`)
      change({ items: memory.items.filter((other) => other !== item) }, { event: 'itemOut', item })
      return item
    },
    jam: (on) => change({ jammed: on }),
    coil: (stuck) => change({ coilStuck: stuck }),
    stickDoorSensor: (at) => change({ stuckDoor: at }),
    stickItemSensor: (at) => change({ stuckItem: at }),
  }
}
