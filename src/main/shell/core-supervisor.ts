import type { MessagePortMain } from 'electron'
import { coreMessageSchema, type ShellMessage } from '../core/rpc/shell-ports.ts'
import { type Ended, keepRunning } from '../supervision/keep-running.ts'
import type { SupervisionClock } from '../supervision/supervision-clock.ts'
import type { ElectronParts, UtilityProcessPart } from './electron-parts.ts'

export interface CoreSupervisorOptions {
  readonly utilityProcess: ElectronParts['utilityProcess']
  readonly clock: SupervisionClock
  /** TypeScript file: the Node inside Electron strips types like any other. */
  readonly entry: string
  readonly args: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** Core takes ports from now on. */
  readonly onReady: () => void
  /** Core is down, and has crashed so often within the last minute; it comes back, or `onGaveUp` follows. */
  readonly onDown: (description: string, crashes: number) => void
  readonly onGaveUp: (exitCode: number) => void
}

export interface SupervisedCore {
  pid(): number | undefined
  isReady(): boolean
  /** Hands core one end of a channel; only while it is ready. */
  open(port: MessagePortMain): void
  retry(): void
  /** Asks core to end, kills it after `patienceMs`; resolves when it is gone. */
  stop(patienceMs?: number): Promise<void>
}

/** Keeps core running as Electron's utility process, by the same rules as the host. */
export function superviseCore(options: CoreSupervisorOptions): SupervisedCore {
  const { clock } = options
  let core: UtilityProcessPart | undefined
  let ready = false
  let onGone = () => {}

  const launch = (safeStart: boolean, ended: Ended) => {
    const args = safeStart ? [...options.args, '--safe-start'] : [...options.args]
    const started = options.utilityProcess.fork(options.entry, args, {
      serviceName: 'core',
      stdio: 'inherit',
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: { ...process.env, ...options.environment },
    })
    core = started
    started.on('message', (message) => {
      if (started !== core || !coreMessageSchema.safeParse(message).success) return
      ready = true
      options.onReady()
    })
    started.on('exit', (code) => {
      if (started === core) {
        core = undefined
        ready = false
        onGone()
      }
      const exitCode = exitCodeOf(code)
      ended(exitCode, `exit code ${exitCode}`)
    })
  }
  const kept = keepRunning({ ...options, launch })
  const say = (message: ShellMessage, ports: MessagePortMain[] = []) =>
    core?.postMessage(message, ports)

  return {
    pid: () => core?.pid,
    isReady: () => ready,
    open: (port) => say({ rpc: 'open' }, [port]),
    retry: kept.retry,
    stop: (patienceMs = 5_000) => {
      kept.stop()
      if (core === undefined) return Promise.resolve()
      return new Promise((resolve) => {
        const callOff = clock.setTimer(patienceMs, () => kill(core))
        onGone = () => {
          callOff()
          resolve()
        }
        // Before it is ready it may not be listening yet.
        if (ready) say({ rpc: 'end' })
        else core?.kill()
      })
    },
  }
}

/** `waitpid` keeps the exit code in its second byte, and Chromium hands it on undecoded on some systems. */
function exitCodeOf(status: number): number {
  return status > 0xff ? (status >> 8) & 0xff : status
}

function kill(core: UtilityProcessPart | undefined): void {
  if (core?.pid !== undefined) process.kill(core.pid, 'SIGKILL')
}
