import type { CancelTimer, Clock } from '../clock.ts'
import type {
  OutputStream,
  ProcessEnd,
  ProcessStart,
  RunningProcess,
  StartProcess,
} from '../transport/process.ts'

export interface WatchTimings {
  /** Without a word from the program for so long, it is interrupted. */
  readonly silentAfterMs: number
  /** Still there so long after the interruption, it is killed. */
  readonly killAfterMs: number
}

export interface WatchedRun {
  /** Interrupts the program (SIGINT: scanimage lets the scanner finish the sheet), and kills it if that fails. */
  interrupt(): void
  /** It has said its last word: what is left is cleaning up, for which it gets as long as after SIGINT. */
  expectEnd(): void
  readonly ended: Promise<{
    readonly end: ProcessEnd
    /** It was ended because it said nothing. */
    readonly silenced: boolean
    /** An interruption did not help: whatever it was doing was cut off. */
    readonly killed: boolean
  }>
}

const pollMs = 1_000

/** Runs a program that has to say something from time to time. It always ends. */
export function watchedRun(options: {
  readonly start: StartProcess
  readonly process: ProcessStart
  readonly clock: Clock
  readonly timings: WatchTimings
  readonly onLine: (stream: OutputStream, line: string) => void
  /** What grows while the program gets on without a word; a text that changes is as good as a line. */
  readonly progress?: () => Promise<string>
}): WatchedRun {
  const { clock, timings } = options
  let silenced = false
  let killed = false
  let interrupted = false
  let isLeaving = false
  let cancelPoll: CancelTimer = () => undefined
  let lastMark: string | undefined
  let cancelTimer: CancelTimer = () => undefined
  const running: RunningProcess = options.start(options.process)

  const interrupt = (): void => {
    if (interrupted) return
    interrupted = true
    cancelTimer()
    running.signal('SIGINT')
    cancelTimer = clock.setTimer(timings.killAfterMs, () => {
      killed = true
      running.signal('SIGKILL')
    })
  }
  const watch = (): void => {
    if (interrupted) return
    cancelTimer()
    const patienceMs = isLeaving ? timings.killAfterMs : timings.silentAfterMs
    cancelTimer = clock.setTimer(patienceMs, () => {
      silenced = true
      interrupt()
    })
  }

  const poll = (): void => {
    cancelPoll = clock.setTimer(pollMs, () => {
      void options.progress?.().then((mark) => {
        if (lastMark !== undefined && mark !== lastMark) watch()
        lastMark = mark
        if (!interrupted) poll()
      })
    })
  }

  running.onLine((stream, line) => {
    watch()
    options.onLine(stream, line)
  })
  watch()
  if (options.progress !== undefined) poll()
  return {
    interrupt,
    expectEnd() {
      isLeaving = true
      watch()
    },
    ended: running.ended.then((end) => {
      interrupted = true
      cancelTimer()
      cancelPoll()
      return { end, silenced, killed }
    }),
  }
}
