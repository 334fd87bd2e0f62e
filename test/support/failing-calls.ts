import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface FailingCalls {
  /** Names of system calls. */
  readonly calls: readonly string[]
  /** What they answer; without it they are only written down. */
  readonly error?: 'EIO' | 'ENOSPC' | 'EDQUOT'
  /** Only the one of this number in each thread, from 1. */
  readonly nth?: number
  /** Files whose calls fail; all without. */
  readonly paths?: readonly string[]
  /** `pool`: only where Node works on files behind the event loop, so that no pipe and no socket fails with them. */
  readonly threads?: 'all' | 'pool'
}

export interface Tracing {
  /** Every call so far, as strace(1) writes it, with the paths of its descriptors. */
  seen(): readonly string[]
  /** Those that were made to fail. */
  failed(): readonly string[]
  /** From now on they do again what they should. */
  stop(): Promise<void>
}

let traces = 0

/** Makes system calls of a running process fail, as a broken disk does: fault injection of strace(1), on all threads. */
export async function failCalls(pid: number, options: FailingCalls): Promise<Tracing> {
  const { threads = 'all' } = options
  traces += 1
  const output = join(tmpdir(), `failing-calls-${process.pid}-${traces}.txt`)
  const targets = threads === 'all' ? [String(pid)] : poolOf(pid)
  const tracer = spawn(
    'strace',
    [
      ...straceOptions(options, output),
      ...(threads === 'all' ? ['-f'] : []),
      ...targets.flatMap((target) => ['-p', target]),
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  await attached(tracer, targets.length)
  const lines = () => (existsSync(output) ? readFileSync(output, 'utf8').split('\n') : [])
  return {
    seen: lines,
    failed: () => lines().filter((line) => line.includes('(INJECTED)')),
    async stop() {
      if (tracer.exitCode === null && tracer.signalCode === null) {
        tracer.kill('SIGTERM')
        // One whose process died in the middle of a failing call may wait for it for ever.
        const patience = setTimeout(() => tracer.kill('SIGKILL'), 1_000)
        await once(tracer, 'exit')
        clearTimeout(patience)
      }
      rmSync(output, { force: true })
    },
  }
}

/** For a program that is started under strace(1) as much as for one that runs. */
export function straceOptions(options: FailingCalls, output: string): readonly string[] {
  const { calls, error, nth, paths = [] } = options
  const list = calls.map((call) => `?${call}`).join(',')
  const inject = `inject=${list}:error=${error}${nth === undefined ? '' : `:when=${nth}`}`
  return [
    ...['-y', '-s', '0', '-o', output, '-e', 'signal=none', '-e', `trace=${list}`],
    ...(error === undefined ? [] : ['-e', inject]),
    ...paths.flatMap((path) => ['-P', path]),
  ]
}

/** Whether a process stands still (SIGSTOP). */
export function isHalted(pid: number): boolean {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T')
}

function poolOf(pid: number): readonly string[] {
  const tasks = `/proc/${pid}/task`
  const nameOf = (id: string) => readFileSync(join(tasks, id, 'comm'), 'utf8').trim()
  return readdirSync(tasks).filter((id) => nameOf(id) === 'libuv-worker')
}

async function attached(tracer: ChildProcess, count: number): Promise<void> {
  if (tracer.stderr === null) throw new Error('strace without a standard error')
  let left = count
  for await (const line of createInterface({ input: tracer.stderr })) {
    if (/attached/.test(line)) left -= 1
    else if (!/^strace: Requested path/.test(line)) throw new Error(line)
    if (left === 0) return
  }
  throw new Error('strace ended before it was attached')
}
