import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { bootMs as systemBootMs } from './boot-clock.ts'
import { bootId } from './boot-id.ts'

/**
 * When core was last alive, on the monotonic clock of this boot. Not fsynced: it has to survive the end of
 * the process, and after the end of the machine it must not count.
 */
export interface AliveMark {
  /** Milliseconds since the last core of this boot was alive; undefined after a reboot or on a first start. */
  readonly goneMs: number | undefined
  stop(): void
}

export interface AliveMarkClocks {
  /** Goes on while the machine sleeps. */
  readonly bootMs: () => number
  /** Stands still while the machine sleeps, as every timer does. */
  readonly monotonicMs: () => number
}

const systemClocks: AliveMarkClocks = {
  bootMs: systemBootMs,
  monotonicMs: () => performance.now(),
}

const markEveryMs = 1_000
/** The two clocks are read one after the other, on a busy machine some time apart. */
const leastSleepMs = 10_000

/**
 * `onSlept`: the machine slept (suspend), and nothing is known of that time. Whoever stood there has gone, each
 * time-out is late: core should end and start anew. No mark is made any more.
 */
export function keepAliveMark(
  path: string,
  onSlept: (sleptMs: number) => void = () => {},
  { bootMs, monotonicMs }: AliveMarkClocks = systemClocks,
): AliveMark {
  const boot = bootId()
  const goneMs = read(path, boot, bootMs())
  const awakeSinceMs = bootMs() - monotonicMs()
  const mark = () => {
    const sleptMs = bootMs() - monotonicMs() - awakeSinceMs
    if (sleptMs > leastSleepMs) {
      clearInterval(timer)
      onSlept(sleptMs)
      return
    }
    try {
      writeFileSync(`${path}.new`, `${boot} ${Math.round(bootMs())}\n`, { mode: 0o600 })
      // Core may be killed right now: the mark is the old one or the new one, never half of one.
      renameSync(`${path}.new`, path)
    } catch {
      // On a full disk the last mark stands: no screen is resumed, and nothing else hangs on it.
    }
  }
  const timer = setInterval(mark, markEveryMs)
  timer.unref()
  mark()
  return { goneMs, stop: () => clearInterval(timer) }
}

function read(path: string, boot: string, nowMs: number): number | undefined {
  try {
    const [id, ms] = readFileSync(path, 'utf8').trim().split(' ')
    const goneMs = nowMs - Number(ms)
    return id === boot && goneMs >= 0 ? goneMs : undefined
  } catch {
    return undefined
  }
}
