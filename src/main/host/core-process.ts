import { type ChildProcess, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Frame, readFrame } from '../core/rpc/frame.ts'
import { type Ended, keepRunning } from '../supervision/keep-running.ts'
import { systemSupervisionClock } from '../supervision/supervision-clock.ts'

/**
 * Young objects die young here: the default would keep 32 MB resident for them, in each thread. Old ones are collected
 * before the heap grows for them, which keeps another 30 MB free.
 */
const nodeFlags = ['--max-semi-space-size=1', '--optimize-for-size']
/**
 * Set before core begins to load: then its very first file comes from the cache as well, and the TypeScript
 * compiler is never loaded, neither in core nor in its threads. Where Node itself would keep the cache.
 */
const compileCache = join(tmpdir(), 'node-compile-cache')
/** glibc keeps what threads give back, an arena a thread, and a slip takes and gives 8 MB. Nothing elsewhere. */
const thrift = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072' }

export interface CoreProcessOptions {
  /** TypeScript or JavaScript file that Node runs. */
  readonly entry: string
  readonly args: readonly string[]
  /** Added to this process's own. */
  readonly environment?: Readonly<Record<string, string>>
  /** Core accepts ports from now on. */
  readonly onReady: () => void
  readonly onFrame: (frame: Frame) => void
  /** Core is down; it comes back by itself, or `onGaveUp` follows. */
  readonly onDown: (description: string) => void
  readonly onGaveUp: (exitCode: number) => void
}

export interface CoreProcess {
  /** The process id of the running core. */
  pid(): number | undefined
  /** Resolves once the channel took the frame; dropped while core is down. */
  send(frame: Frame): Promise<void>
  /** Closes the channel, which ends core; kills it after `patienceMs`. */
  stop(patienceMs?: number): Promise<void>
}

/** Keeps one core running: starts it, starts it again when it dies, ends it. */
export function superviseCore(options: CoreProcessOptions): CoreProcess {
  let child: ChildProcess | undefined

  const launch = (safeStart: boolean, ended: Ended) => {
    const args = safeStart ? [...options.args, '--safe-start'] : [...options.args]
    const started = spawn(process.execPath, [...nodeFlags, options.entry, ...args], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
      env: {
        NODE_COMPILE_CACHE: compileCache,
        ...thrift,
        ...process.env,
        ...options.environment,
      },
    })
    child = started
    started.on('message', (message) => {
      const frame = readFrame(message)
      if (frame === undefined) return
      if (frame.rpc === 'ready') options.onReady()
      else options.onFrame(frame)
    })
    const onEnd: Ended = (code, description) => {
      if (child === started) child = undefined
      ended(code, description)
    }
    started.on('error', (error) => onEnd(null, error.message))
    started.on('exit', (code, signal) => onEnd(code, signal ?? `exit code ${code}`))
  }
  const kept = keepRunning({
    clock: systemSupervisionClock,
    launch,
    onDown: options.onDown,
    onGaveUp: options.onGaveUp,
  })

  return {
    pid: () => child?.pid,
    send: (frame) =>
      new Promise((resolve) => {
        if (child?.connected !== true) return resolve()
        // A failed send means that core is dying: its exit is told by itself.
        child.send(frame, () => resolve())
      }),
    stop: async (patienceMs = 5_000) => {
      kept.stop()
      const ending = child
      if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => ending.kill('SIGKILL'), patienceMs)
        ending.once('exit', () => {
          clearTimeout(timer)
          resolve()
        })
        if (ending.connected) ending.disconnect()
      })
    },
  }
}
