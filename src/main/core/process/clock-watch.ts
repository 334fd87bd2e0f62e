import type { DeviceReport } from '../../../contract/diagnosis.ts'
import type { ReasonCode } from '../../../contract/faults.ts'
import { clockReason, clockState } from '../../domain/clock-state.ts'
import type { RunningClock } from './running-clock.ts'

export interface ClockWatchPorts {
  readonly runningClock: Pick<RunningClock, 'runningMs' | 'lastGood' | 'lastKnownMs'>
  readonly wallMs: () => number
  readonly synchronised: () => boolean
  /** What was last told, before the restart. */
  readonly told?: ReasonCode | null
  /** A person is wanted, or no longer (`null`, after the reason told before). */
  onChange(reason: ReasonCode | null, before: ReasonCode | null): void
}

export interface ClockWatch {
  /** Nothing speaks against the wall clock. */
  isGood(): boolean
  /** Tells what has changed. */
  look(): void
  report(): DeviceReport
}

/**
 * The wall clock as a device. It takes no service away: order and rights go by sequence and running time. Who stands
 * before it, and who reads a slip, should be able to believe it.
 */
export function createClockWatch(ports: ClockWatchPorts): ClockWatch {
  const { runningClock } = ports
  let told = ports.told ?? null
  const now = () => {
    const runningMs = runningClock.runningMs()
    return clockState({
      wallMs: ports.wallMs(),
      runningMs,
      synchronised: ports.synchronised(),
      unsynchronisedMs: runningMs - (runningClock.lastKnownMs() ?? 0),
      lastGood: runningClock.lastGood(),
    })
  }
  const wantsPerson = (state: ReturnType<typeof now>) =>
    state === 'wrong' || state === 'longUnsynchronised'
  return {
    isGood: () => now() !== 'wrong',
    look() {
      const state = now()
      const reason = (wantsPerson(state) && clockReason(state)) || null
      if (reason === told) return
      const before = told
      told = reason
      ports.onChange(reason, before)
    },
    report() {
      const state = now()
      // That nobody vouches for it is told beside the devices; by itself it is no fault.
      const reason = wantsPerson(state) ? clockReason(state) : undefined
      return {
        id: 'clock',
        state: wantsPerson(state) ? 'needsAttendant' : 'online',
        reasons: reason === undefined ? [] : [reason],
        identity: {},
        counters: {},
        lastTest: null,
      }
    },
  }
}
