import { type ManualClock, manualClock } from '../../../src/devices/manual-clock.ts'
import type { SyncClock } from '../../../src/main/sync/sync-clock.ts'

export interface SyncTestClock extends SyncClock {
  readonly advance: ManualClock['advance']
  readonly pendingTimers: ManualClock['pendingTimers']
}

/** Time stands still until `advance`; the wall clock moves with it from 1 July 2026. */
export function syncTestClock(): SyncTestClock {
  const manual = manualClock(1_000_000)
  const offsetMs = Date.parse('2026-07-01T00:00:00Z') - manual.monotonicMs()
  return {
    now: () => new Date(offsetMs + manual.monotonicMs()),
    runningMs: manual.monotonicMs,
    setTimer: manual.setTimer,
    advance: manual.advance,
    pendingTimers: manual.pendingTimers,
  }
}
