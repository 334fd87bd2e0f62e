import { execFile } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { readPhysicalLog } from '../../src/devices/simulators/base/physical-log.ts'
import type { PhysicalEvent } from '../../src/devices/simulators/control.ts'
import { umockdevEnvironment } from '../../src/devices/simulators/reader/testbed.ts'
import {
  type StartedSimulator,
  startSimulator,
} from '../../src/devices/simulators/start-simulator.ts'
import { fileKeyProvider } from '../../src/main/core/keys/file-key-provider.ts'
import { makeBagCode } from '../../src/main/domain/bag-code.ts'
import { type ProtocolWatch, watchProtocol } from './protocol.ts'
import { startTestProvince, type TestProvince } from './province.ts'
import type { SmallDisk } from './small-disk.ts'

/**
 * All that stands around core, of real parts: three simulators and the province, each in its own process, and
 * the configuration that a core is started with.
 */
export interface World {
  readonly folder: string
  readonly locker: StartedSimulator
  readonly printer: StartedSimulator
  readonly reader: StartedSimulator
  /** There when the world was asked for one. */
  readonly scanner: StartedSimulator | undefined
  readonly province: TestProvince
  /** There when the world was asked for one. */
  readonly protocol: ProtocolWatch | undefined
  readonly configFile: string
  /** What core, and who starts it, needs in its environment. */
  readonly environment: Readonly<Record<string, string>>
  /** Holds a code to the reader; resolves when core's driver was there to read it. */
  hold(text: string): Promise<void>
  /** The hands at the doors, by the number on the door. */
  putItem(compartment: number, item: string): Promise<void>
  takeItem(compartment: number): Promise<string>
  closeDoor(compartment: number): Promise<void>
  /** A dead item sensor goes on showing an empty compartment. */
  deadItemSensor(compartment: number, on: boolean): Promise<void>
  doors(): Promise<readonly PhysicalDoor[]>
  /** The hands at the scanner: a command of its simulator. */
  atScanner(command: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>
  /** A bag from the stock that nobody has used. */
  newBag(): string
  lockerLog(): readonly PhysicalEvent[]
  printerLog(): readonly PhysicalEvent[]
  /** Payloads of the QR codes on complete slips, read from the paper's picture. */
  slipQrs(): Promise<readonly string[]>
  /** Public halves of the keys with which this machine signs slips. */
  slipKeys(): Promise<readonly { keyId: string; publicKey: string }[]>
  /** Effects of core as `phase|screen|effect`, in order, since the last `forgetEffects`. */
  effects(): readonly string[]
  forgetEffects(): void
  /** Core ends itself inside this effect, once. */
  killAt(effect: string): void
  /** Core halts (SIGSTOP) inside this effect, once. */
  haltAt(effect: string): void
  stop(): Promise<void>
}

export interface PhysicalDoor {
  readonly compartment: number
  readonly open: boolean
  readonly items: readonly string[]
}

export interface WorldOptions {
  /** What stands between core and province, and is stopped with the world. */
  readonly front?: (provinceUrl: string) => Promise<{ readonly url: string; stop(): Promise<void> }>
  /** Keys of the configuration as a whole. */
  readonly config?: Readonly<Record<string, unknown>>
  /** What the kiosk shows to its province. */
  readonly tls?: {
    readonly certificateFile: string
    readonly keyFile: string
    readonly caFile: string
  }
  /** Hold all between core and province against the published protocol. */
  readonly watchProtocol?: boolean
  readonly timeouts?: Readonly<Record<string, unknown>>
  readonly limits?: Readonly<Record<string, number>>
  /** Options of the printer driver. */
  readonly printerOptions?: Readonly<Record<string, number>>
  /** Options of the locker driver. */
  readonly lockerOptions?: Readonly<Record<string, number>>
  readonly environment?: Readonly<Record<string, string>>
  /** Core ends itself inside this effect of its very first start, once. */
  readonly killAt?: string
  /** How much of each supply there is when it has been filled up. */
  readonly supplies?: {
    readonly bags?: { readonly capacity: number; readonly lowAt: number }
    readonly paper?: { readonly rollMm: number; readonly lowAtMm: number }
  }
  /** A sheet feeder beside the rest, and the program that scans where it is another. */
  readonly scanner?:
    | true
    | {
        readonly command: readonly string[]
        readonly options: { readonly probeIntervalMs: number; readonly silentAfterMs: number }
      }
  /** Numbers of the demo's compartments that this machine has; all of them unless told. */
  readonly compartments?: readonly number[]
  /** Where the kiosk's own folders lie, instead of the machine's own. */
  readonly disk?: SmallDisk
}

const source = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))
const run = promisify(execFile)

interface DemoCompartment {
  readonly number: number
  readonly board: number
  readonly lock: number
}

/** Quick enough for a test, slow enough for real processes. */
const testTimeouts = {
  doorSettleMs: 100,
  doorBlindMs: 3_000,
  feedPollMs: 200,
  phoneCodeRequestMs: 3_000,
  feederSenseMs: 5_000,
  feederLookMs: 300,
}

/** One made-up person hands in all day long. */
const manyOfOne = {
  codeAttemptsPerPerson: 1_000,
  phoneCodesPerNumberPerDay: 10_000,
  unconfirmedPerPersonPerDay: 10_000,
  unconfirmedPerPhonePerDay: 10_000,
  unconfirmedPerHour: 10_000,
  compartmentsForConfirmed: 0,
}

const quickScanner = { troubleIntervalMs: 500, silentAfterMs: 2_000, killAfterMs: 500 }

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'machine-'))
  const devices = join(folder, 'devices')
  const slips = join(folder, 'slips')
  for (const path of [devices, slips]) mkdirSync(path)
  const at = (name: string) => join(devices, name)
  if (options.disk) {
    for (const name of ['kiosk', 'journal']) {
      mkdirSync(join(options.disk.folder, name))
      symlinkSync(join(options.disk.folder, name), join(folder, name))
    }
  }
  const start = (device: string, protocol: string, more = {}) =>
    startSimulator({
      device,
      protocol,
      on: at(device),
      state: at(`${device}.state`),
      options: more,
    })
  const [locker, printer, reader, scanner, province] = await Promise.all([
    start('locker', 'kerong-cu16'),
    start('printer', 'escpos', { out: slips }),
    start('reader', 'hid-pos'),
    options.scanner ? start('scanner', 'sane') : undefined,
    startTestProvince(),
  ])
  const protocol = options.watchProtocol ? await watchProtocol(province.url) : undefined
  const front = await options.front?.(province.url)

  const demo = JSON.parse(readFileSync(source('config/demo/kiosk.json'), 'utf8'))
  const compartments = (demo.compartments as DemoCompartment[]).filter(
    ({ number }) => options.compartments?.includes(number) ?? true,
  )
  const configFile = join(folder, 'kiosk.json')
  const config = {
    ...demo,
    compartments,
    province: {
      ...demo.province,
      ...province.published,
      url: front?.url ?? protocol?.url ?? province.url,
      token: province.token,
      ...(options.tls && { tls: options.tls }),
    },
    catalogueFile: source('config/demo/procedures.json'),
    devices: {
      printer: {
        ...demo.devices.printer,
        channel: { ...demo.devices.printer.channel, path: at('printer') },
        options: { ...demo.devices.printer.options, ...options.printerOptions },
      },
      locker: {
        ...demo.devices.locker,
        channel: { ...demo.devices.locker.channel, path: at('locker') },
        options: { ...demo.devices.locker.options, ...options.lockerOptions },
      },
      // A test holds the same code twice on purpose.
      reader: { ...demo.devices.reader, options: { repeatSuppressionMs: 0 } },
      ...(scanner && {
        scanner: {
          ...demo.devices.scanner,
          channel: {
            kind: 'process',
            environment: { SANE_CONFIG_DIR: at('scanner') },
            ...(options.scanner !== true && { command: options.scanner?.command }),
          },
          options: {
            ...{ ...demo.devices.scanner.options, ...quickScanner },
            ...(options.scanner !== true && options.scanner?.options),
          },
        },
      }),
    },
    timeouts: { ...demo.timeouts, ...testTimeouts, ...options.timeouts },
    limits: { ...demo.limits, ...manyOfOne, ...options.limits },
    bags: { ...demo.bags, ...options.supplies?.bags },
    paper: { ...demo.paper, ...options.supplies?.paper },
    dataFolder: join(folder, 'kiosk'),
    scanFolder: join(folder, 'scans'),
    journalFolder: join(folder, 'journal'),
    keys: { provider: 'file', folder: join(folder, 'keys') },
    ...options.config,
  }
  writeFileSync(configFile, JSON.stringify(config))

  const effectLog = join(folder, 'effects.log')
  const killFile = join(folder, 'kill-at')
  if (options.killAt !== undefined) writeFileSync(killFile, options.killAt)
  const environment = {
    ...umockdevEnvironment(at('reader')),
    KIOSK_EFFECT_LOG: effectLog,
    KIOSK_KILL_FILE: killFile,
    KIOSK_LOG: 'silent',
    ...options.environment,
  }
  const addressOf = (compartment: number) => {
    const found = compartments.find(({ number }) => number === compartment)
    if (!found) throw new Error(`no compartment ${compartment}`)
    return { board: found.board, lock: found.lock }
  }
  let bags = 0
  return {
    folder,
    locker,
    printer,
    reader,
    scanner,
    province,
    protocol,
    configFile,
    environment,
    async hold(text) {
      const { heard } = (await reader.control.send('hold', { text })) as { heard: boolean }
      if (!heard) throw new Error('nobody was reading')
    },
    putItem: async (number, item) => {
      await locker.control.send('putItem', { ...addressOf(number), item })
    },
    takeItem: async (number) => {
      const taken = (await locker.control.send('takeItem', addressOf(number))) as { item: string }
      return taken.item
    },
    closeDoor: async (number) => {
      await locker.control.send('closeDoor', addressOf(number))
    },
    deadItemSensor: async (number, on) => {
      const sensor = { which: 'item', stuck: 'absent', on }
      await locker.control.send('sensorDead', { ...addressOf(number), ...sensor })
    },
    async atScanner(command, args = {}) {
      if (!scanner) throw new Error('this world has no scanner')
      return scanner.control.send(command, args)
    },
    async doors() {
      const state = (await locker.control.send('state')) as {
        doors: { board: number; lock: number; open: boolean; items: string[] }[]
      }
      return compartments.map(({ number, board, lock }) => {
        const door = state.doors.find((one) => one.board === board && one.lock === lock)
        return { compartment: number, open: door?.open ?? false, items: door?.items ?? [] }
      })
    },
    newBag() {
      bags += 1
      return makeBagCode('TUI', bags)
    },
    lockerLog: () => readPhysicalLog(locker.logPath),
    printerLog: () => readPhysicalLog(printer.logPath),
    async slipQrs() {
      const printed = readPhysicalLog(printer.logPath).filter(({ event }) => event === 'printed')
      return Promise.all(printed.map(({ png }) => readQr(String(png))))
    },
    async slipKeys() {
      const keys = await fileKeyProvider(join(folder, 'keys')).load()
      return keys.ok ? [keys.keys.slip] : []
    },
    effects: () =>
      existsSync(effectLog) ? readFileSync(effectLog, 'utf8').trim().split('\n') : [],
    forgetEffects: () => rmSync(effectLog, { force: true }),
    killAt: (effect) => writeFileSync(killFile, effect),
    haltAt: (effect) => writeFileSync(killFile, `${effect} SIGSTOP`),
    async stop() {
      await Promise.all([locker.stop(), printer.stop(), reader.stop(), province.stop()])
      await Promise.all([scanner?.stop(), protocol?.stop(), front?.stop()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function readQr(png: string): Promise<string> {
  try {
    const { stdout } = await run('zbarimg', ['-q', '--raw', png])
    return stdout.trim()
  } catch {
    return ''
  }
}
