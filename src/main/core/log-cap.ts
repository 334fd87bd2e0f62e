export interface LogCapPorts {
  /** Where lines go: one JSON object each, with its newline. */
  readonly write: (line: string) => void
  readonly monotonicMs: () => number
  readonly setTimer: (delayMs: number, fire: () => void) => void
  readonly limits?: LogCapLimits
}

export interface LogCapLimits {
  /** Of one line that differs in its time only. */
  readonly sameLinePerMinute: number
  /** Of all together; warnings and errors have as much again for themselves. */
  readonly linesPerMinute: number
}

export const standardLogCap: LogCapLimits = { sameLinePerMinute: 20, linesPerMinute: 1_000 }

const minuteMs = 60_000
const warning = 40

interface Minute {
  readonly beganMs: number
  readonly times: Map<string, number>
  readonly written: { quiet: number; loud: number }
  /** Neither written nor counted by themselves. */
  leftOut: number
}

/**
 * What fails ten thousand times a minute is counted, not written: a broken wire fills no disk and pushes nothing else
 * out of the system's journal. The counts follow when the minute is over.
 */
export function createLogCap(ports: LogCapPorts): { write(line: string): void } {
  const { write, monotonicMs, setTimer, limits = standardLogCap } = ports
  let minute: Minute | undefined

  function close(): void {
    if (minute === undefined) return
    const { times, leftOut } = minute
    minute = undefined
    for (const [line, count] of times) {
      if (count > limits.sameLinePerMinute) {
        write(summary('line repeated', { times: count - limits.sameLinePerMinute, line }))
      }
    }
    if (leftOut > 0) write(summary('lines left out', { lines: leftOut }))
  }

  function current(): Minute {
    if (minute !== undefined && monotonicMs() - minute.beganMs >= minuteMs) close()
    if (minute === undefined) {
      const began: Minute = {
        beganMs: monotonicMs(),
        times: new Map(),
        written: { quiet: 0, loud: 0 },
        leftOut: 0,
      }
      minute = began
      setTimer(minuteMs, () => {
        if (minute === began) close()
      })
    }
    return minute
  }

  return {
    write(line) {
      const now = current()
      const same = line.replace(/"time":"[^"]*",?/, '').trimEnd()
      const before = now.times.get(same)
      if (before !== undefined) {
        now.times.set(same, before + 1)
        if (before >= limits.sameLinePerMinute) return
      }
      const kind = Number(/^\{"level":(\d+)/.exec(line)?.[1] ?? 0) >= warning ? 'loud' : 'quiet'
      if (now.written[kind] >= limits.linesPerMinute) {
        now.leftOut += 1
        return
      }
      now.written[kind] += 1
      if (before === undefined) now.times.set(same, 1)
      write(line)
    },
  }
}

function summary(msg: string, details: object): string {
  const time = new Date().toISOString()
  return `${JSON.stringify({ level: warning, time, ...details, msg })}\n`
}
