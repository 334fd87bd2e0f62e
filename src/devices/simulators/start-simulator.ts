import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type ControlClient, connectControl } from './base/control-client.ts'

export interface SimulatorStart {
  /** Name in `simulators/main.ts`: `locker`, `printer`, … */
  readonly device: string
  readonly protocol: string
  /** Path at which the device appears; control socket and log lie beside it unless told. */
  readonly on: string
  readonly control?: string
  readonly log?: string
  readonly state?: string
  /** Further `--name value` arguments of this simulator. */
  readonly options?: Readonly<Record<string, string | number>>
  readonly readyTimeoutMs?: number
}

export interface StartedSimulator {
  readonly control: ControlClient
  readonly controlPath: string
  readonly logPath: string
  readonly pid: number
  /** Asks the process to end and resolves when it has. */
  stop(): Promise<void>
  /** Ends it the hard way, as a crash would; its physical log and state file stay. */
  kill(): Promise<void>
}

const mainFile = fileURLToPath(new URL('./main.ts', import.meta.url))

function argumentsOf(start: SimulatorStart, control: string, log: string): string[] {
  const named: Record<string, string | number | undefined> = {
    protocol: start.protocol,
    on: start.on,
    control,
    log,
    state: start.state,
    ...start.options,
  }
  const given = Object.entries(named).filter(([, value]) => value !== undefined)
  return [mainFile, start.device, ...given.flatMap(([name, value]) => [`--${name}`, `${value}`])]
}

function whenReady(child: ChildProcess, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let complaint = ''
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`the simulator was not ready in ${timeoutMs} ms: ${complaint}`))
    }, timeoutMs)
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint += chunk.toString()
    })
    child.once('error', reject)
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`the simulator ended with ${code}: ${complaint}`))
    })
    if (child.stdout === null) return
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('ready ')) return
      clearTimeout(timer)
      resolve()
    })
  })
}

/** Starts a simulator in a process of its own and waits until the device is there. */
export async function startSimulator(start: SimulatorStart): Promise<StartedSimulator> {
  const controlPath = start.control ?? `${start.on}.control`
  const logPath = start.log ?? `${start.on}.physical.jsonl`
  const child = spawn(process.execPath, argumentsOf(start, controlPath, logPath), {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await whenReady(child, start.readyTimeoutMs ?? 15_000)
  const control = await connectControl(controlPath)

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    control.close()
    child.kill(signal)
    await ended
  }
  return {
    control,
    controlPath,
    logPath,
    pid: child.pid ?? 0,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}
