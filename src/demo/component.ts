import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Guard } from './guard.ts'
import { groupAlive, signalGroup } from './process-group.ts'

export interface ComponentStart {
  readonly name: string
  readonly command: readonly string[]
  /** Everything it says goes here. */
  readonly logFile: string
  /** Resolves the start with the first match of its output, stdout or stderr. */
  readonly ready: RegExp
  readonly readyTimeoutMs?: number
}

export interface Component {
  readonly name: string
  readonly pid: number
  /** What `ready` matched. */
  readonly matched: RegExpExecArray
  /** Resolves when it ended, wanted or not. */
  readonly ended: Promise<string>
  stop(): Promise<void>
}

const patienceMs = 8_000

/**
 * Starts one program as the leader of a process group of its own, so that all it starts can be ended with
 * it, and waits for its word that it is up. Rejects with its last words when it ends before.
 */
export async function startComponent(start: ComponentStart, guard: Guard): Promise<Component> {
  const [program = '', ...args] = start.command
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true })
  const pid = child.pid
  const log = createWriteStream(start.logFile, { flags: 'a' })
  const lastLines: string[] = []
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
    child.once('error', (error) => resolve(error.message))
  })
  child.stdin.on('error', () => undefined)
  if (pid !== undefined) guard.watch(pid)
  void ended.then(() => {
    if (pid !== undefined && !groupAlive(pid)) guard.forget(pid)
    log.end()
  })

  const matched = new Promise<RegExpExecArray>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        if (log.writable) log.write(`${line}\n`)
        lastLines.push(line)
        if (lastLines.length > 12) lastLines.shift()
        const match = start.ready.exec(line)
        if (match !== null) resolve(match)
      })
    }
  })
  const outcome = await Promise.race([
    matched,
    ended.then((how) => `ended (${how})`),
    afterMs(start.readyTimeoutMs ?? 60_000, 'did not come up in time'),
  ])
  if (typeof outcome === 'string' || pid === undefined) {
    if (pid !== undefined) signalGroup(pid, 'SIGKILL')
    throw new Error(`${start.name} ${String(outcome)}\n${lastLines.join('\n')}`)
  }
  return {
    name: start.name,
    pid,
    matched: outcome,
    ended,
    async stop() {
      // The group may outlive its leader: look at the group, not at the child.
      if (groupAlive(pid)) {
        signalGroup(pid, 'SIGTERM')
        await untilGone(pid)
      }
      await ended
      guard.forget(pid)
    },
  }
}

async function untilGone(pid: number): Promise<void> {
  const giveUpAtMs = performance.now() + patienceMs
  while (groupAlive(pid)) {
    if (performance.now() > giveUpAtMs) signalGroup(pid, 'SIGKILL')
    await afterMs(20, undefined)
  }
}

function afterMs<T>(delayMs: number, value: T): Promise<T> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(value), delayMs).unref()
  })
}
