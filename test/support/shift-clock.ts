import fs, { readFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import os from 'node:os'

// Loaded before core (`--import`): its wall clock is off by what stands in a file, in milliseconds, and nobody
// vouches for it. The monotonic clock is the real one, as when a clock battery dies or a server lies.
const file = process.env.KIOSK_CLOCK_SHIFT_FILE ?? ''
/** And the clock that goes on while the machine sleeps by what stands in this one. */
const sleepFile = process.env.KIOSK_SLEEP_FILE ?? ''
const RealDate = Date
const realNow = () => RealDate.now()

function shiftMs(path = file): number {
  try {
    return Number(readFileSync(path, 'utf8')) || 0
  } catch {
    return 0
  }
}

class ShiftedDate extends RealDate {
  constructor(...args: readonly unknown[]) {
    if (args.length === 0) super(realNow() + shiftMs())
    else super(...(args as [number]))
  }
  static override now(): number {
    return realNow() + shiftMs()
  }
}
globalThis.Date = ShiftedDate as DateConstructor

const { existsSync } = fs
fs.existsSync = (path) => !String(path).startsWith('/run/systemd/timesync/') && existsSync(path)
const { uptime } = os
os.uptime = () => uptime() + shiftMs(sleepFile) / 1_000
syncBuiltinESMExports()
