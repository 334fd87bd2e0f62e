import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { umockdevWrap } from '../../src/devices/simulators/reader/testbed.ts'

export interface ReaderEvent {
  readonly kind: 'status' | 'reading' | 'facts' | 'stopped'
  readonly state?: string
  readonly reasons?: readonly string[]
  readonly text?: string
  readonly base64?: string
  readonly aimId?: string
  readonly deliveredAtMs?: number
  readonly counters?: Readonly<Record<string, number>>
  readonly exchanges?: readonly { readonly hex: string }[]
}

export interface ReaderProcess {
  readonly child: ChildProcess
  readonly events: readonly ReaderEvent[]
  readings(): readonly ReaderEvent[]
  /** Resolves with the first event after `from` that fits; waits for it as long as the process lives. */
  until(fits: (event: ReaderEvent) => boolean, from?: number): Promise<ReaderEvent>
  online(from?: number): Promise<ReaderEvent>
  facts(): Promise<ReaderEvent>
  stop(): Promise<number | null>
  kill(): Promise<void>
}

const program = fileURLToPath(new URL('./reader-program.ts', import.meta.url))

/** Runs the driver in the testbed of the reader simulator at `on`. */
export function startReaderProcess(on: string, options: object = {}): ReaderProcess {
  const [command = '', ...args] = umockdevWrap(on, [
    process.execPath,
    program,
    JSON.stringify(options),
  ])
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const events: ReaderEvent[] = []
  const waiting = new Set<() => void>()
  const wake = () => {
    for (const look of [...waiting]) look()
  }
  createInterface({ input: child.stdout }).on('line', (line) => {
    events.push(JSON.parse(line) as ReaderEvent)
    wake()
  })
  child.once('exit', wake)

  const until: ReaderProcess['until'] = (fits, from = 0) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = events.slice(from).find(fits)
        const isOver = child.exitCode !== null || child.signalCode !== null
        if (found === undefined && !isOver) return
        waiting.delete(look)
        if (found !== undefined) resolve(found)
        else reject(new Error(`the reader process ended; it said ${JSON.stringify(events)}`))
      }
      waiting.add(look)
      look()
    })

  return {
    child,
    events,
    readings: () => events.filter(({ kind }) => kind === 'reading'),
    until,
    online: (from) => until(({ state }) => state === 'online', from),
    facts() {
      const from = events.length
      child.stdin.write('?')
      return until(({ kind }) => kind === 'facts', from)
    },
    async stop() {
      child.stdin.end()
      await ended
      return child.exitCode
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
