import type { FlowClock } from '../../../src/main/flows/clock.ts'
import type { Chance } from './chance.ts'
import type { Network } from './network.ts'
import type { Wall } from './wall.ts'

/** Faults of devices and network that come and go by themselves. */
export interface RandomTrouble {
  /** Something may go wrong within the next minute. */
  mayBegin(): void
  /** All is mended, for good. */
  end(): void
}

export function createTrouble(parts: {
  readonly wall: Wall
  readonly network: Network
  readonly clock: FlowClock
  readonly chance: Chance
  readonly note: (line: string) => void
}): RandomTrouble {
  const { wall, network, clock, chance, note } = parts
  const { trouble } = wall
  let isOver = false

  /** From some moment on, for a while. */
  function happen(what: string, share: number, longestMs: number, begin: () => () => void): void {
    if (!chance.happens(share)) return
    const [inMs, forMs] = [chance.between(0, 60_000), chance.between(300, longestMs)]
    clock.setTimer(inMs, () => {
      if (isOver) return
      note(`trouble: ${what} for ${forMs} ms`)
      const mend = begin()
      wall.changed()
      clock.setTimer(forMs, () => {
        note(`mended: ${what}`)
        mend()
        wall.changed()
      })
    })
  }
  return {
    mayBegin() {
      happen('the bus is silent', 0.12, 40_000, () => {
        trouble.busSilent = true
        return () => {
          trouble.busSilent = false
        }
      })
      const ails = chance.pick(['paperOut', 'dead', 'silentAfterPaper'] as const)
      happen(`the printer is ${ails}`, 0.15, 120_000, () => {
        trouble.printer = ails
        return () => {
          trouble.printer = 'good'
        }
      })
      happen('the reader is away', 0.08, 40_000, () => {
        trouble.readerDead = true
        return () => {
          trouble.readerDead = false
        }
      })
      happen('the network is cut', 0.2, 600_000, () => {
        network.cut = true
        return () => {
          network.cut = false
        }
      })
      const door = chance.pick(wall.doors)
      happen(`door ${door.compartment} is jammed`, 0.15, 120_000, () => {
        door.jammed = true
        return () => {
          door.jammed = false
        }
      })
      const blind = chance.pick(wall.doors)
      happen(`the item sensor of ${blind.compartment} is dead`, 0.1, 120_000, () => {
        blind.blind = true
        return () => {
          blind.blind = false
        }
      })
    },
    end() {
      isOver = true
      Object.assign(trouble, { busSilent: false, printer: 'good', readerDead: false })
      network.cut = false
      network.badShare = 0
      for (const door of wall.doors) Object.assign(door, { jammed: false, blind: false })
      wall.changed()
    },
  }
}
