import type { ReasonCode } from '../../contract/faults.ts'

export interface ClockReading {
  readonly wallMs: number
  readonly runningMs: number
  /** The operating system vouches for the wall clock. */
  readonly synchronised: boolean
  /** Running time since it last did, or since the first start. */
  readonly unsynchronisedMs: number
  /** The last wall clock that nothing spoke against. */
  readonly lastGood:
    | { readonly wallMs: number; readonly runningMs: number; readonly sameBoot: boolean }
    | undefined
}

/** `unsynchronised`: nobody vouches for it, and nothing speaks against it. */
export type ClockState = 'good' | 'unsynchronised' | 'longUnsynchronised' | 'wrong'

const dayMs = 86_400_000
/** A clock without a network drifts by seconds a day; a jump is more. */
const toleranceMs = 5 * 60_000
/** A machine that was off for longer than this had somebody move it. */
const longestOffMs = 400 * dayMs
const longMs = 7 * dayMs

/**
 * What is known without the network: time has not gone back since the last good time, has gone on with the machine
 * while it ran, and has not run away by more than a year while it was off.
 */
export function clockState(reading: ClockReading): ClockState {
  const { wallMs, lastGood } = reading
  if (reading.synchronised) return 'good'
  if (lastGood !== undefined) {
    const leastMs = lastGood.wallMs + (reading.runningMs - lastGood.runningMs)
    const mostMs = leastMs + (lastGood.sameBoot ? 0 : longestOffMs)
    if (wallMs < leastMs - toleranceMs || wallMs > mostMs + toleranceMs) return 'wrong'
  }
  return reading.unsynchronisedMs >= longMs ? 'longUnsynchronised' : 'unsynchronised'
}

export function clockReason(state: ClockState): ReasonCode | undefined {
  if (state === 'good') return undefined
  return state === 'wrong' ? 'CLOCK_WRONG' : 'CLOCK_UNSYNCHRONISED'
}
