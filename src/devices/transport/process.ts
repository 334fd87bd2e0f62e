import { type ChildProcess, spawn } from 'node:child_process'
import type { ReasonCode } from '../../contract/faults.ts'

export interface ProcessStart {
  /** Program and first arguments; started directly, never by a shell. */
  readonly command: readonly [string, ...string[]]
  readonly args: readonly string[]
  /** Added to a search path and a fixed language; nothing else of ours is handed on. */
  readonly environment: Readonly<Record<string, string>>
}

export type ProcessEnd =
  | { readonly end: 'exit'; readonly code: number }
  | { readonly end: 'signal'; readonly signal: NodeJS.Signals }
  /** Nothing ran: PROGRAM_MISSING or PERMISSION. */
  | { readonly end: 'notStarted'; readonly reason: ReasonCode }

export type OutputStream = 'stdout' | 'stderr'

export interface RunningProcess {
  /** Each line without its end, in order; a carriage return ends a line too (progress counters). */
  onLine(listener: (stream: OutputStream, line: string) => void): void
  signal(name: 'SIGINT' | 'SIGKILL'): void
  /** Settles once, after the last line. Never rejects. */
  readonly ended: Promise<ProcessEnd>
}

export type StartProcess = (start: ProcessStart) => RunningProcess

/** Longer lines are no answer of any program that we use; the rest of them is dropped. */
const longestLine = 4_096
/** A grandchild may hold the pipes open after the program is gone: its words are not waited for any longer. */
const drainMs = 500

export const startProcess: StartProcess = ({ command, args, environment }) => {
  const [program, ...first] = command
  const listeners: ((stream: OutputStream, line: string) => void)[] = []
  const tell = (stream: OutputStream, line: string): void => {
    for (const listener of listeners) listener(stream, line)
  }
  const child = spawn(program, [...first, ...args], {
    shell: false,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Messages are parsed: they must not come in the machine's language.
    env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', ...environment },
  })
  splitLines(child, 'stdout', tell)
  splitLines(child, 'stderr', tell)
  return {
    onLine: (listener) => void listeners.push(listener),
    signal: (name) => void child.kill(name),
    ended: whenEnded(child),
  }
}

function splitLines(
  child: ChildProcess,
  stream: OutputStream,
  tell: (stream: OutputStream, line: string) => void,
): void {
  let rest = ''
  const pipe = child[stream]
  pipe?.setEncoding('utf8')
  pipe?.on('data', (chunk: string) => {
    const lines = (rest + chunk).split(/\r\n|\r|\n/)
    rest = (lines.pop() ?? '').slice(0, longestLine)
    for (const line of lines) if (line !== '') tell(stream, line.slice(0, longestLine))
  })
  pipe?.on('end', () => {
    if (rest !== '') tell(stream, rest)
    rest = ''
  })
  pipe?.on('error', () => undefined)
}

function whenEnded(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      // An `error` after the start is a signal that found nobody: `exit` follows or came already.
      if (child.pid !== undefined) return
      const reason = error.code === 'EACCES' ? 'PERMISSION' : 'PROGRAM_MISSING'
      resolve({ end: 'notStarted', reason })
    })
    child.once('exit', (code, signal) => {
      const ended: ProcessEnd =
        signal === null ? { end: 'exit', code: code ?? 1 } : { end: 'signal', signal }
      const timer = setTimeout(() => {
        child.stdout?.destroy()
        child.stderr?.destroy()
      }, drainMs)
      child.once('close', () => {
        clearTimeout(timer)
        resolve(ended)
      })
    })
  })
}
