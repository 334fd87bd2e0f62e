import type { Scanner } from '../../../devices/contract.ts'
import type { FlowClock } from '../../flows/clock.ts'

export interface OriginalWatch {
  /** A person has gone, or core has just started: does paper lie in the feeder? */
  look(): void
  /** Paper of somebody who is gone: nothing is scanned until it is out. */
  isLeft(): boolean
  stop(): void
}

/** Looks into the feeder behind every person, and goes on looking until what was left is gone. */
export function originalWatch(parts: {
  readonly scanner: Scanner | undefined
  readonly clock: Pick<FlowClock, 'setTimer'>
  /** Between two looks while paper lies there. */
  readonly lookMs: number
  /** Called once for each original. */
  readonly onLeft: () => void
}): OriginalWatch {
  const { scanner, clock, lookMs, onLeft } = parts
  let left = false
  let stopped = false
  let looking = false
  let cancel = () => {}

  async function sense(): Promise<void> {
    if (!scanner || looking || stopped) return
    looking = true
    const { feeder } = await scanner.sensePaper()
    looking = false
    if (stopped) return
    if (feeder === 'loaded' && !left) onLeft()
    // A sensor that says nothing just now changes nothing.
    if (feeder !== 'unknown') left = feeder === 'loaded'
    if (left) cancel = clock.setTimer(lookMs, () => void sense())
  }

  return {
    look() {
      cancel()
      void sense()
    },
    isLeft: () => left,
    stop() {
      stopped = true
      cancel()
    },
  }
}
