import { existsSync } from 'node:fs'
import type { FlowClock } from '../flows/clock.ts'

export const systemFlowClock: FlowClock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  setTimer(delayMs, callback) {
    const timer = setTimeout(callback, delayMs)
    return () => clearTimeout(timer)
  },
}

/** systemd-timesyncd makes this file when the clock has been set from the network in this boot. */
const synchronisedFile = '/run/systemd/timesync/synchronized'

/** Whether the operating system vouches for the wall clock. */
export function systemClockSynchronised(): boolean {
  return existsSync(synchronisedFile)
}
