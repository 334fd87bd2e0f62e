import { appendFileSync, readFileSync, unlinkSync } from 'node:fs'
import type { FrameTap } from '../../devices/contract.ts'
import type { StoreTap } from '../store/store-tap.ts'

/**
 * For crash tests: writes down every effect as `phase|screen|effect` and ends the process, as a power cut
 * would, inside the one that is named in the kill file. The file is removed first, so that it happens once.
 */
export interface EffectProbe {
  readonly frameTap: FrameTap
  readonly storeTap: StoreTap
  /** Which screen the effects that follow belong to. */
  setScreen(read: () => string): void
}

export interface EffectProbeFiles {
  readonly logFile?: string
  readonly killFile?: string
}

export function effectProbe({ logFile, killFile }: EffectProbeFiles): EffectProbe {
  let screen = () => 'start'
  const happen = (phase: 'before' | 'after', effect: string) => {
    const label = `${phase}|${screen()}|${effect}`
    if (logFile !== undefined) appendFileSync(logFile, `${label}\n`)
    if (killFile !== undefined && wanted(killFile) === label) {
      unlinkSync(killFile)
      process.kill(process.pid, 'SIGKILL')
    }
  }
  return {
    // Polls that say nothing new are no effect, and happen as often as time allows.
    frameTap: ({ phase, direction, device, message }) => {
      if (message === 'status:no-change' || message === 'status-request') return
      happen(phase, `frame:${device}:${direction}:${message}`)
    },
    storeTap: ({ phase, effect }) => happen(phase, effect),
    setScreen(read) {
      screen = read
    },
  }
}

function wanted(killFile: string): string | undefined {
  try {
    return readFileSync(killFile, 'utf8').trim()
  } catch {
    return undefined
  }
}
