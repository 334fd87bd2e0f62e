import { stat } from 'node:fs/promises'
import type { ReasonCode } from '../../../contract/faults.ts'

export interface LogWatchPorts {
  /** The log (WAL) of the database. */
  readonly path: string
  readonly mostBytes: number
  readonly everyMs: number
  readonly setTimer: (delayMs: number, fire: () => void) => () => void
  readonly onChange: (reason: ReasonCode | null, before: ReasonCode | null) => void
}

export interface LogWatch {
  start(): void
  look(): Promise<void>
  isLong(): boolean
  megabytes(): number
  stop(): void
}

/**
 * The database folds its log in by itself, unless somebody reads and does not end: then it grows with every commit,
 * until the disk is full. Nothing is lost by that, and core cannot end who reads; a person can.
 */
export function createLogWatch(ports: LogWatchPorts): LogWatch {
  let bytes = 0
  let isLong = false
  let stopped = false
  let cancelTimer = () => {}

  async function look(): Promise<void> {
    bytes = await stat(ports.path).then(
      ({ size }) => size,
      // There is none between two of them; what the disk does is told by its own watch.
      () => 0,
    )
    const now = bytes > ports.mostBytes
    if (now === isLong || stopped) return
    isLong = now
    const reason = 'DATABASE_LOG_LONG'
    ports.onChange(isLong ? reason : null, isLong ? null : reason)
  }
  async function tend(): Promise<void> {
    await look()
    if (!stopped) cancelTimer = ports.setTimer(ports.everyMs, () => void tend())
  }
  return {
    start: () => void tend(),
    look,
    isLong: () => isLong,
    megabytes: () => Math.ceil(bytes / 1_000_000),
    stop() {
      stopped = true
      cancelTimer()
    },
  }
}
