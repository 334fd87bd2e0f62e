import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const fileName = 'last-device-frame'

/**
 * Which device core was talking to when it ended: after three crashes in a minute it is left out. Written
 * without fsync, since it has to outlive the process only.
 */
export function suspectedDevice(dataFolder: string): string | undefined {
  try {
    return readFileSync(join(dataFolder, fileName), 'utf8').trim() || undefined
  } catch {
    return undefined
  }
}

export function noteDevice(dataFolder: string, device: string): void {
  writeFileSync(join(dataFolder, fileName), device, { mode: 0o600 })
}
