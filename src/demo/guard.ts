import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The launcher's end of the guardian: names what must not outlive the launcher. */
export interface Guard {
  readonly pid: number
  watch(pid: number): void
  forget(pid: number): void
  watchFolder(path: string): void
  forgetFolder(path: string): void
  /** Ends whatever is still watched, then the guardian itself. */
  close(): Promise<void>
}

const guardianFile = fileURLToPath(new URL('./guardian.ts', import.meta.url))

/** Starts the guardian in a session of its own: neither Ctrl-C nor a kill of our group reaches it. */
export function startGuard(): Guard {
  const child = spawn(process.execPath, [guardianFile], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.stdin.on('error', () => undefined)
  const say = (line: string) => {
    if (child.stdin.writable) child.stdin.write(`${line}\n`)
  }
  return {
    pid: child.pid ?? 0,
    watch: (pid) => say(`watch ${pid}`),
    forget: (pid) => say(`forget ${pid}`),
    watchFolder: (path) => say(`folder ${path}`),
    forgetFolder: (path) => say(`unfolder ${path}`),
    async close() {
      child.stdin.end()
      await ended
    },
  }
}
