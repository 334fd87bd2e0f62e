import { readFileSync, renameSync, writeFileSync } from 'node:fs'
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

const markEveryMs = 1_000

export function keepAliveMark(path: string): AliveMark {
  const boot = bootId()
  const goneMs = read(path, boot)
  const mark = () => {
    try {
      writeFileSync(`${path}.new`, `${boot} ${Math.round(bootMs())}\n`, { mode: 0o600 })
      // Core may be killed right now: the mark is the old one or the new one, never half of one.
      renameSync(`${path}.new`, path)
    } catch {
      // On a full disk the last mark stands: no screen is resumed, and nothing else hangs on it.
    }
  }
  mark()
  const timer = setInterval(mark, markEveryMs)
  timer.unref()
  return { goneMs, stop: () => clearInterval(timer) }
}

function read(path: string, boot: string): number | undefined {
  try {
    const [id, ms] = readFileSync(path, 'utf8').trim().split(' ')
    const goneMs = bootMs() - Number(ms)
    return id === boot && goneMs >= 0 ? goneMs : undefined
  } catch {
    return undefined
  }
}

function bootMs(): number {
  return Number(process.hrtime.bigint() / 1_000_000n)
}
