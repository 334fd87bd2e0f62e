import { fstatSync } from 'node:fs'
import { parseArgs } from 'node:util'

/** What every simulator process is told on its command line. */
export interface SimulatorArguments {
  readonly protocol: string
  /** Path at which the device appears. */
  readonly on: string
  /** Unix domain socket of the control channel. */
  readonly control: string
  /** Physical log, JSON lines. */
  readonly log: string
  /** File that keeps the physical state over restarts; none unless told. */
  readonly state: string | undefined
  /** Everything else, as `--name value`. */
  readonly options: Readonly<Record<string, string>>
}

export interface RunningSimulator {
  stop(): Promise<void>
}

/** `--on` is the only argument that must be there, besides the protocol; the others lie beside it. */
export function parseSimulatorArguments(argv: readonly string[]): SimulatorArguments {
  const { tokens } = parseArgs({ args: [...argv], strict: false, tokens: true })
  const given: Record<string, string> = {}
  let name: string | undefined
  for (const token of tokens) {
    if (token.kind === 'option') {
      name = token.value === undefined ? token.name : undefined
      given[token.name] = token.value ?? 'true'
    } else if (token.kind === 'positional' && name !== undefined) {
      given[name] = token.value
      name = undefined
    }
  }
  const { protocol, on, control, log, state, ...options } = given
  if (protocol === undefined || on === undefined) {
    throw new Error('usage: --protocol P --on PATH [--control SOCKET] [--log FILE] [--state FILE]')
  }
  return {
    protocol,
    on,
    control: control ?? `${on}.control`,
    log: log ?? `${on}.physical.jsonl`,
    state,
    options,
  }
}

/** Our parent holds the other end of a pipe and nobody types into it: its end is the parent's end. */
function stdinIsPipe(): boolean {
  try {
    const stdin = fstatSync(0)
    return stdin.isFIFO() || stdin.isSocket()
  } catch {
    return false
  }
}

/**
 * Runs one simulator as this process: prints `ready <device>` when it is up and ends cleanly on SIGTERM,
 * SIGINT or the parent's end. Refused in production: a simulated door is no door.
 */
export async function runSimulatorProcess(
  argv: readonly string[],
  start: (args: SimulatorArguments) => Promise<RunningSimulator>,
): Promise<void> {
  if (process.env.NODE_ENV === 'production') {
    process.stderr.write('simulators are refused in production\n')
    process.exitCode = 1
    return
  }
  const args = parseSimulatorArguments(argv)
  const running = await start(args)
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    void running.stop().then(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  if (stdinIsPipe()) process.stdin.on('end', stop).on('close', stop).resume()
  process.stdout.write(`ready ${args.on}\n`)
}
