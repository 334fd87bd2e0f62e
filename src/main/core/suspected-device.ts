import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { FrameTap } from '../../devices/contract.ts'
import { diskFaultOf } from '../store/disk-fault.ts'
import type { Store } from '../store/open-store.ts'

const fileName = 'last-device-frame'
/** One small write in place: a process that ends in the middle leaves the old name or the new one. */
const recordBytes = 16

/** Which device core was talking to when it ended: after three crashes in a minute it is left out. */
export function suspectedDevice(dataFolder: string): string | undefined {
  try {
    const text = readFileSync(join(dataFolder, fileName), 'latin1')
    return text.slice(0, recordBytes).replaceAll('\0', '') || undefined
  } catch {
    return undefined
  }
}

export interface DeviceNote {
  /** Notes the device while one of its frames is being sent or handled; `inner` runs outside the note. */
  around(inner: FrameTap | undefined): FrameTap
  /** As if no frame were being handled. */
  clear(): void
  close(): void
}

/** What the disk does is no reason to stop talking to a device. */
function unlessDiskRefuses<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (diskFaultOf(error) === undefined) throw error
    return undefined
  }
}

/**
 * Keeps the note on disk, without fsync, since it has to outlive the process only. A device that is left out
 * already stays noted while no other one is: it would come back with the next crash, and bring the next one.
 */
export function openDeviceNote(dataFolder: string, leftOut: string | undefined): DeviceNote {
  const file = unlessDiskRefuses(() =>
    openSync(join(dataFolder, fileName), constants.O_RDWR | constants.O_CREAT, 0o600),
  )
  const write = (device: string) => {
    if (file === undefined) return
    const record = Buffer.alloc(recordBytes)
    record.write(device, 'latin1')
    unlessDiskRefuses(() => writeSync(file, record, 0, recordBytes, 0))
  }
  const clear = () => write(leftOut ?? '')
  clear()
  return {
    around: (inner) => (frame) => {
      switch (frame.phase) {
        case 'before':
          inner?.(frame)
          return write(frame.device)
        case 'after':
          clear()
          inner?.(frame)
      }
    },
    clear,
    close: () => void (file !== undefined && closeSync(file)),
  }
}

/** Left out until somebody has looked: on record, and known at the province. */
export function reportSuspect(store: Store, device: string): void {
  store.flow.audit.record('device.leftOut', { device })
  store.enqueue({
    kind: 'fault',
    lane: 'kiosk',
    body: { device, reason: 'SUSPECTED_CRASH', state: 'broken', at: new Date().toISOString() },
  })
}
