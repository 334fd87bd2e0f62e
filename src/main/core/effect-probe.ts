import { appendFileSync, readFileSync, unlinkSync } from 'node:fs'
import type { FrameTap } from '../../devices/contract.ts'
import type { StoreTap } from '../store/store-tap.ts'

/**
 * For crash tests: writes down every effect as `phase|screen|effect` and ends the process, as a power cut
 * would, inside the one that is named in the kill file. The file is removed first, so that it happens once.
 * ` SIGSTOP` after the name only halts it there, until somebody has changed the world and lets it go on.
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
  /** A wanted end is nobody's fault: what would make it one is undone. */
  readonly beforeKill?: () => void
}

/** Not of a screen: sync and what devices say by themselves happen whenever they happen. */
const background: ReadonlySet<string> = new Set([
  'commit:markEpochRegistered',
  'commit:markSending',
  'commit:acknowledge',
  'commit:postpone',
  'write:pageReceipt',
  'fsync:pageReceipt',
  'rename:pageReceipt',
  'fsync:pageReceiptFolder',
  'commit:applyFeedItem',
  'frame:locker:read:status:first',
  'frame:printer:write:set-up',
  'frame:printer:read:identity',
  'frame:printer:read:status',
])

export function effectProbe({ logFile, killFile, beforeKill }: EffectProbeFiles): EffectProbe {
  let screen = () => 'start'
  const happen = (phase: 'before' | 'after', effect: string) => {
    const where = background.has(effect) ? 'any' : screen()
    const label = `${phase}|${effect === unlockFrame ? journeyOf(where) : where}|${effect}`
    if (logFile !== undefined) appendFileSync(logFile, `${label}\n`)
    const [named, signal] = (killFile && wanted(killFile)) ?? []
    if (killFile === undefined || named !== label) return
    unlinkSync(killFile)
    if (signal === 'SIGSTOP') return void process.kill(process.pid, 'SIGSTOP')
    beforeKill?.()
    process.kill(process.pid, 'SIGKILL')
  }
  return {
    frameTap: ({ phase, direction, device, message }) => {
      // What says nothing new is no effect.
      if (polls.has(message)) return
      const [name, changes] = message.split(/:(.*)/)
      // One frame may tell of two changes; whether it does is a matter of milliseconds.
      for (const change of changes?.split('+') ?? ['']) {
        const what = change === '' ? name : `${name}:${change}`
        happen(phase, `frame:${device}:${direction}:${what}`)
      }
    },
    storeTap: ({ phase, effect }) => happen(phase, effect),
    setScreen(read) {
      screen = read
    },
  }
}

/** The pulse may leave before or after the screen has changed. */
const unlockFrame = 'frame:locker:write:unlock'

/** Whether they come, and when, is a matter of milliseconds. */
const polls: ReadonlySet<string> = new Set(['status:no-change', 'status-request', 'asb'])

function journeyOf(screen: string): string {
  if (/^(summary|deposit)/.test(screen)) return 'deposit'
  if (/^(stock|empty)/.test(screen)) return screen.slice(0, 5)
  return 'collect'
}

function wanted(killFile: string): readonly string[] | undefined {
  try {
    return readFileSync(killFile, 'utf8').trim().split(' ')
  } catch {
    return undefined
  }
}

/** The files that a test names in the environment. */
export function probeFromEnvironment(beforeKill: () => void) {
  const { KIOSK_EFFECT_LOG: logFile, KIOSK_KILL_FILE: killFile } = process.env
  if (logFile === undefined && killFile === undefined) return undefined
  return effectProbe({ ...(logFile && { logFile }), ...(killFile && { killFile }), beforeKill })
}
