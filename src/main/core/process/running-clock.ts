import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { removeUnfinished, writeDurableFile } from '../../store/durable-file.ts'
import { systemClockSynchronised } from '../system-clock.ts'
import { bootMs } from './boot-clock.ts'
import { bootId } from './boot-id.ts'

const savedSchema = z.strictObject({
  bootId: z.string(),
  /** Monotonic time of that boot when this was written. */
  bootMs: z.number().nonnegative(),
  /** Running time at the same moment. */
  totalMs: z.number().nonnegative(),
  /** The last moment at which the operating system vouched for the wall clock. */
  known: z
    .strictObject({ bootId: z.string(), wallMs: z.number(), totalMs: z.number().nonnegative() })
    .optional(),
  /** The wall clock when this was written, unless it was known to be wrong then. */
  good: z
    .strictObject({ bootId: z.string(), wallMs: z.number(), totalMs: z.number().nonnegative() })
    .optional(),
})

export interface RunningClock {
  /**
   * Milliseconds that the machine has been running, over all boots, and known gaps between them; never goes
   * back. The wall clock counts only for a gap between two boots that has a known time at both its ends.
   */
  runningMs(): number
  /** Jumps ahead to what somebody else (the store) has on record, when the clock's own file was lost or older. */
  raiseTo(leastMs: number): void
  /** The last wall clock that nothing spoke against, and the running time at that moment. */
  lastGood(): LastGoodTime | undefined
  /** Running time at which the operating system last vouched for the wall clock. */
  lastKnownMs(): number | undefined
  /** Makes the total durable. What runs after the last call is lost with a power cut, no more. */
  save(isWallGood?: boolean): Promise<void>
}

export interface LastGoodTime {
  readonly wallMs: number
  readonly runningMs: number
  /** The machine has not been off since. */
  readonly sameBoot: boolean
}

export interface RunningClockSource {
  readonly bootId: () => string
  /** Monotonic since the boot, for all processes of the machine alike; it counts the time of a sleep. */
  readonly bootMs: () => number
  /** The wall clock, while the operating system vouches for it. */
  readonly knownWallMs?: () => number | undefined
  readonly wallMs?: () => number
}

const systemSource: RunningClockSource = {
  bootId,
  bootMs,
  knownWallMs: () => (systemClockSynchronised() ? Date.now() : undefined),
}

/**
 * Within one boot the time between two processes counts, and nothing else: a wall clock that jumps changes
 * nothing. The time for which the machine was off counts once both its ends are known, at the first `save`
 * after the clock has been set from the network. A lost or damaged file starts from zero, until `raiseTo`.
 */
export async function openRunningClock(
  path: string,
  source: RunningClockSource = systemSource,
): Promise<RunningClock> {
  await removeUnfinished(path)
  const saved = await readSaved(path)
  const boot = source.bootId()
  const startedAtMs = source.bootMs()
  const sinceSaved = saved?.bootId === boot ? Math.max(0, startedAtMs - saved.bootMs) : 0
  let base = (saved?.totalMs ?? 0) + sinceSaved
  let known = saved?.known
  let good = saved?.good
  let saving = Promise.resolve()
  const runningMs = () => base + (source.bootMs() - startedAtMs)
  const countGap = () => {
    const wallMs = source.knownWallMs?.()
    if (wallMs === undefined) return
    if (known !== undefined && known.bootId !== boot) {
      base += Math.max(0, wallMs - known.wallMs - (runningMs() - known.totalMs))
    }
    known = { bootId: boot, wallMs, totalMs: runningMs() }
  }
  countGap()
  return {
    runningMs,
    raiseTo(leastMs) {
      base += Math.max(0, leastMs - runningMs())
    },
    lastGood: () =>
      good && { wallMs: good.wallMs, runningMs: good.totalMs, sameBoot: good.bootId === boot },
    lastKnownMs: () => known?.totalMs,
    save(isWallGood = true) {
      countGap()
      const wallMs = source.wallMs?.() ?? Date.now()
      if (isWallGood) good = { bootId: boot, wallMs, totalMs: runningMs() }
      const now = { bootId: boot, bootMs: source.bootMs(), totalMs: runningMs() }
      const text = JSON.stringify({ ...now, ...(known && { known }), ...(good && { good }) })
      // One after another: the last word is the one that stays.
      saving = saving.catch(() => undefined).then(() => writeDurableFile(path, text))
      return saving
    },
  }
}

async function readSaved(path: string): Promise<z.infer<typeof savedSchema> | undefined> {
  try {
    return savedSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return undefined
  }
}
