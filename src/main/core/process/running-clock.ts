import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { writeDurableFile } from '../../store/durable-file.ts'
import { bootId } from './boot-id.ts'

const savedSchema = z.strictObject({
  bootId: z.string(),
  /** Monotonic time of that boot when this was written. */
  bootMs: z.number().nonnegative(),
  /** Running time at the same moment. */
  totalMs: z.number().nonnegative(),
})

export interface RunningClock {
  /** Milliseconds that the machine has been running, over all boots; never goes back, no wall clock in it. */
  runningMs(): number
  /** Jumps ahead to what somebody else (the store) has on record, when the clock's own file was lost or older. */
  raiseTo(leastMs: number): void
  /** Makes the total durable. What runs after the last call is lost with a power cut, no more. */
  save(): Promise<void>
}

export interface RunningClockSource {
  readonly bootId: () => string
  /** Monotonic since the boot, for all processes of the machine alike. */
  readonly bootMs: () => number
}

/** CLOCK_MONOTONIC counts from the boot on Linux and is one for all processes. */
const systemSource: RunningClockSource = {
  bootId,
  bootMs: () => Number(process.hrtime.bigint() / 1_000_000n),
}

/**
 * Within one boot the time between two processes counts; the time for which the machine was off is unknown and
 * does not. A lost or damaged file starts from zero, until `raiseTo`.
 */
export async function openRunningClock(
  path: string,
  source: RunningClockSource = systemSource,
): Promise<RunningClock> {
  const saved = await readSaved(path)
  const boot = source.bootId()
  const startedAtMs = source.bootMs()
  const sinceSaved = saved?.bootId === boot ? Math.max(0, startedAtMs - saved.bootMs) : 0
  let base = (saved?.totalMs ?? 0) + sinceSaved
  const runningMs = () => base + (source.bootMs() - startedAtMs)
  return {
    runningMs,
    raiseTo(leastMs) {
      base += Math.max(0, leastMs - runningMs())
    },
    save: () =>
      writeDurableFile(
        path,
        JSON.stringify({ bootId: boot, bootMs: source.bootMs(), totalMs: runningMs() }),
      ),
  }
}

async function readSaved(path: string): Promise<z.infer<typeof savedSchema> | undefined> {
  try {
    return savedSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return undefined
  }
}
