import type { FlowClock } from '../../../src/main/flows/clock.ts'

/** What physically is, whatever a machine thinks of it: doors, what lies behind them, and printed paper. */
export interface Wall {
  readonly doors: readonly Door[]
  door(compartment: number): Door
  /** The door that something lies behind. */
  placeOf(item: string): Door | undefined
  put(compartment: number, item: string): void
  take(compartment: number): string | undefined
  close(compartment: number): void
  /** A lock has got its pulse: the door springs open a moment later, unless it is jammed. */
  pulse(compartment: number): void
  /** Paper that hangs out of the printer. */
  print(text: string): void
  readonly papers: readonly string[]
  readonly pulses: readonly number[]
  /** Everything that ever went in. */
  readonly wentIn: ReadonlySet<string>
  /** Who stands there: whether this pulse may come now. A sentence when it may not. */
  forbids: (compartment: number) => string | undefined
  /** Pulses that came without a right, in words. */
  readonly broken: readonly string[]
  onChange(listener: () => void): void
  readonly trouble: Trouble
  /** Call after changing `trouble`, or a door by hand. */
  changed(): void
}

export interface Door {
  readonly compartment: number
  readonly kind: 'drop' | 'result'
  open: boolean
  item: string | undefined
  jammed: boolean
  /** The item sensor goes on showing an empty compartment. */
  blind: boolean
}

/** What is the matter with the devices just now. */
export interface Trouble {
  busSilent: boolean
  printer: 'good' | 'paperOut' | 'dead' | 'silentAfterPaper'
  readerDead: boolean
}

const springMs = 90

export function createWall(
  compartments: readonly { readonly number: number; readonly kind: 'drop' | 'result' }[],
  clock: FlowClock,
): Wall {
  const doors: Door[] = compartments.map(({ number: compartment, kind }) => ({
    ...{ compartment, kind, open: false, item: undefined, jammed: false, blind: false },
  }))
  const listeners = new Set<() => void>()
  const papers: string[] = []
  const pulses: number[] = []
  const wentIn = new Set<string>()
  const broken: string[] = []
  const changed = () => {
    for (const listener of listeners) listener()
  }
  const door = (compartment: number): Door => {
    const found = doors.find((one) => one.compartment === compartment)
    if (!found) throw new RangeError(`no compartment ${compartment}`)
    return found
  }
  const wall: Wall = {
    ...{ doors, door, papers, pulses, wentIn, broken, changed },
    placeOf: (item) => doors.find((one) => one.item === item),
    put(compartment, item) {
      const at = door(compartment)
      if (!at.open || at.item !== undefined) return
      at.item = item
      wentIn.add(item)
      changed()
    },
    take(compartment) {
      const at = door(compartment)
      if (!at.open) return undefined
      const { item } = at
      at.item = undefined
      changed()
      return item
    },
    close(compartment) {
      door(compartment).open = false
      changed()
    },
    pulse(compartment) {
      pulses.push(compartment)
      const reason = wall.forbids(compartment)
      if (reason !== undefined) broken.push(`pulse at ${compartment}: ${reason}`)
      clock.setTimer(springMs, () => {
        if (door(compartment).jammed) return
        door(compartment).open = true
        changed()
      })
    },
    print: (text) => void papers.push(text),
    forbids: () => 'nobody is there',
    onChange(listener) {
      listeners.add(listener)
    },
    trouble: { busSilent: false, printer: 'good', readerDead: false },
  }
  return wall
}
