import type { Clock } from '../clock.ts'
import type { SaneProfile } from '../protocols/scanimage/command-line.ts'
import type { StartProcess } from '../transport/process.ts'

export interface SaneTimings {
  /** Between the end of one look at the device and the next. */
  readonly probeIntervalMs: number
  /** The same while something is wrong. */
  readonly troubleIntervalMs: number
  readonly silentAfterMs: number
  readonly killAfterMs: number
}

export const defaultSaneTimings: SaneTimings = {
  probeIntervalMs: 15_000,
  troubleIntervalMs: 3_000,
  silentAfterMs: 30_000,
  killAfterMs: 5_000,
}

export interface SaneScannerOptions extends Partial<SaneTimings> {
  readonly id: string
  readonly clock: Clock
  /** `scanimage`, with whatever launcher stands before it. */
  readonly command: readonly [string, ...string[]]
  /** E.g. `SANE_CONFIG_DIR`. */
  readonly environment?: Readonly<Record<string, string>>
  readonly profile: SaneProfile
  /** Real processes unless told. */
  readonly start?: StartProcess
}
