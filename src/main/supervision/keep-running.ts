import { crashWindowMs, planRestart } from './restart-policy.ts'
import type { SupervisionClock } from './supervision-clock.ts'

/** Core refuses its configuration with this exit code (EX_CONFIG): starting again would not help. */
export const configurationExitCode = 78

export interface KeepRunningOptions {
  readonly clock: SupervisionClock
  /** Starts it. `ended` may be called more than once; `exitCode` is null where a signal or an error ended it. */
  readonly launch: (safeStart: boolean, ended: Ended) => void
  /** It is down and comes back by itself, or `onGaveUp` follows. `crashes`: how many within the last minute. */
  readonly onDown: (description: string, crashes: number) => void
  readonly onGaveUp: (exitCode: number) => void
}

export type Ended = (exitCode: number | null, description: string) => void

export interface KeptRunning {
  /** Nothing is started any more. */
  stop(): void
  /** Starts at once what is waiting for its next start or was given up; nothing when it runs. */
  retry(): void
}

/** Keeps one process running, whatever kind it is: starts it, starts it again when it dies, gives up on refusal. */
export function keepRunning(options: KeepRunningOptions): KeptRunning {
  const { clock } = options
  let state: 'running' | 'waiting' | 'gaveUp' | 'stopped' = 'waiting'
  let crashTimesMs: readonly number[] = []
  let safeStart = false
  let callOff = () => {}

  const launch = () => {
    state = 'running'
    let over = false
    options.launch(safeStart, (exitCode, description) => {
      if (over) return
      over = true
      if (state === 'running') ended(exitCode, description)
    })
  }
  const ended: Ended = (exitCode, description) => {
    const nowMs = clock.monotonicMs()
    crashTimesMs = [...crashTimesMs.filter((time) => nowMs - time < crashWindowMs), nowMs]
    if (exitCode === configurationExitCode) {
      state = 'gaveUp'
      options.onDown(description, crashTimesMs.length)
      options.onGaveUp(exitCode)
      return
    }
    state = 'waiting'
    const plan = planRestart(crashTimesMs, nowMs)
    safeStart = plan.safeStart
    callOff = clock.setTimer(plan.delayMs, launch)
    options.onDown(description, crashTimesMs.length)
  }
  launch()
  return {
    stop: () => {
      state = 'stopped'
      callOff()
    },
    retry: () => {
      if (state !== 'waiting' && state !== 'gaveUp') return
      callOff()
      launch()
    },
  }
}
