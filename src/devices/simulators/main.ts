import {
  type RunningSimulator,
  runSimulatorProcess,
  type SimulatorArguments,
} from './base/process.ts'

type Start = (args: SimulatorArguments) => Promise<RunningSimulator>

interface Simulator {
  readonly protocols: string
  readonly on: string
  /** Loaded when asked for, so that a locker bank needs nothing of the printer's drawing. */
  readonly load: () => Promise<Start>
}

const simulators: Readonly<Record<string, Simulator>> = {
  locker: {
    protocols: 'kerong-cu16',
    on: 'a serial port: a path for a new PTY',
    load: async () => (await import('./locker/simulator.ts')).startLockerSimulator,
  },
  printer: {
    protocols: 'escpos',
    on: 'a serial port: a path for a new PTY; --out DIR keeps what it prints as PNG',
    load: async () => (await import('./printer/simulator.ts')).startPrinterSimulator,
  },
  reader: {
    protocols: 'hid-pos',
    on: 'a cable: a path for a new PTY, seen as /dev/hidraw7 inside its testbed',
    load: async () => (await import('./reader/simulator.ts')).startReaderSimulator,
  },
  scanner: {
    protocols: 'sane',
    on: 'a SANE_CONFIG_DIR: a path for a new folder, in which the device is simulated-feeder',
    load: async () => (await import('./scanner/simulator.ts')).startScannerSimulator,
  },
}

function usage(): string {
  const devices = Object.entries(simulators).map(
    ([name, { protocols, on }]) => `  ${name.padEnd(8)} --protocol ${protocols} --on PATH   ${on}`,
  )
  return [
    'usage: npm run simulate -- DEVICE --protocol P --on PATH [--control SOCKET] [--log FILE] [--state FILE]',
    '',
    ...devices,
    '',
    'The control socket (PATH.control) takes one JSON object a line, e.g. {"id":1,"command":"history"};',
    'an unknown command is answered with the list of all. The physical log is PATH.physical.jsonl.',
    '',
  ].join('\n')
}

const [device = '', ...argv] = process.argv.slice(2)
const simulator = Object.hasOwn(simulators, device) ? simulators[device] : undefined
if (simulator === undefined) {
  process.stderr.write(usage())
  process.exitCode = 2
} else {
  try {
    const start = await simulator.load()
    await runSimulatorProcess(argv, async (args) => {
      const running = await start(args)
      const { protocol, on, control, log } = args
      process.stdout.write(
        `${device} simulator (${protocol}) at ${on}, control ${control}, physical log ${log}\n`,
      )
      return running
    })
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${usage()}`)
    process.exit(1)
  }
}
