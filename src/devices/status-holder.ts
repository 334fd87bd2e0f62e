import type { ReasonCode } from '../contract/faults.ts'
import type { DeviceState, DeviceStatus, Unsubscribe } from './contract.ts'
import { listeners } from './listeners.ts'

export interface StatusHolder {
  current(): DeviceStatus
  /** Tells the listeners only when state or reasons differ from before. */
  set(state: DeviceState, reasons?: readonly ReasonCode[]): void
  onStatus(listener: (status: DeviceStatus) => void): Unsubscribe
}

function same(a: DeviceStatus, b: DeviceStatus): boolean {
  return (
    a.state === b.state &&
    a.reasons.length === b.reasons.length &&
    a.reasons.every((reason, index) => reason === b.reasons[index])
  )
}

export function statusHolder(): StatusHolder {
  const changed = listeners<DeviceStatus>()
  let status: DeviceStatus = { state: 'starting', reasons: [] }
  return {
    current: () => status,
    set(state, reasons = []) {
      const next: DeviceStatus = { state, reasons: [...reasons] }
      if (same(status, next)) return
      status = next
      changed.emit(next)
    },
    onStatus: changed.add,
  }
}

/** The state of a device that cannot be reached: `absent` when nothing is there, else `offline`. */
export function unreachableState(reason: ReasonCode): DeviceState {
  return reason === 'PORT_MISSING' ? 'absent' : 'offline'
}
