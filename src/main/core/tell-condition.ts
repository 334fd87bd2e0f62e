import type { ReasonCode } from '../../contract/faults.ts'
import type { Store } from '../store/open-store.ts'
import type { Logger } from './log.ts'

/** What has a state without a wire: a change goes into the log and, where it can still be written down, up. */
export function tellCondition(store: Store, device: string, log: Logger) {
  /** @returns whether it is written down, and so will reach the province */
  return (now: ReasonCode | null, before: ReasonCode | null): boolean => {
    const reason = now ?? before
    if (reason === null) return true
    const state = now === null ? 'online' : now === 'DISK_ERROR' ? 'broken' : 'needsAttendant'
    log[now === null ? 'info' : 'error']({ device, reason, state }, 'condition')
    try {
      store.conditions.tellCondition({ device, reason, state, at: new Date().toISOString() })
      return true
    } catch {
      // A full disk cannot write down that it is full; log, screen and heartbeat say it.
      return false
    }
  }
}
