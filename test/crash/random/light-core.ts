import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DeviceState, FrameTap } from '../../../src/devices/contract.ts'
import { countedPrinter } from '../../../src/main/core/adapters/counted-printer.ts'
import { composeKiosk, type Kiosk } from '../../../src/main/core/compose-kiosk.ts'
import type { KeptPages } from '../../../src/main/core/compose-pages.ts'
import type { Catalogue } from '../../../src/main/core/config/catalogue.ts'
import type { KioskConfig } from '../../../src/main/core/config/kiosk-config.ts'
import { type KioskKeys, textSigner } from '../../../src/main/core/keys/kiosk-keys.ts'
import { openChoicesMark } from '../../../src/main/core/process/choices-mark.ts'
import { openScreenMark } from '../../../src/main/core/process/screen-mark.ts'
import type { FlowClock } from '../../../src/main/flows/clock.ts'
import { databaseFileName } from '../../../src/main/store/connection.ts'
import { journalFileName, openJournal } from '../../../src/main/store/journal.ts'
import { openStore, type Store } from '../../../src/main/store/open-store.ts'
import { examineDatabase } from '../../../src/main/store/restore/examine-database.ts'
import { openStoreMark } from '../../../src/main/store/restore/store-mark.ts'
import type { StoreTap } from '../../../src/main/store/store-tap.ts'
import { createFeedWorker } from '../../../src/main/sync/feed-worker.ts'
import { createOutboxWorker } from '../../../src/main/sync/outbox-worker.ts'
import { createPhoneCodeSender } from '../../../src/main/sync/phone-code.ts'
import { createProvinceClient } from '../../../src/main/sync/province-client.ts'
import { contentHash, createSealer } from '../../../src/main/sync/seal.ts'
import { createVerifier } from '../../../src/main/sync/verifier.ts'
import type { Chance } from './chance.ts'
import { type SimulatedDevices, simulateDevices } from './devices.ts'
import { type Network, onNetwork } from './network.ts'
import type { RunClock } from './run-clock.ts'
import type { Turns } from './turns.ts'
import type { Wall } from './wall.ts'

export interface LightCoreParts {
  readonly config: KioskConfig
  readonly catalogue: Catalogue
  readonly keys: KioskKeys
  readonly token: string
  readonly clock: RunClock
  readonly turns: Turns
  readonly wall: Wall
  readonly network: Network
  readonly chance: Chance
  /** Holds `data` and `journal`, as the last core left them. */
  readonly folder: string
  readonly coreId: string
  readonly mayResumeScreen: boolean
  /** Every effect as `phase|effect`; dies when it answers true. */
  readonly onEffect: (label: string) => boolean
}

/**
 * Core in this process: the real flows, store, journal and sync on the run's clock. What a SIGKILL leaves is
 * the files as they are at that moment: they are copied then, and whatever this one still does goes nowhere.
 */
export interface LightCore {
  readonly kiosk: Kiosk
  readonly store: Store
  readonly devices: SimulatedDevices
  isAlive(): boolean
  /** Asks the province for what is new. */
  askProvince(): void
  /** SIGKILL: answers nothing, settles nothing. `leftIn` is what the next one starts from. */
  kill(): void
  readonly leftIn: string
  /** Closes what the kill could not: files of a process that is no more. */
  bury(): Promise<void>
  /** Ends in order; the files stay where they are. */
  end(): Promise<void>
}

const slipRaster = { widthDots: 8 }
/** Rare, since each look costs real exchanges: who has sent something says so. */
const feedPollMs = 600_000
const firstFactsMs = 2_000

/** Starts and takes up what the last one left; `undefined` when it was killed while it started. */
export async function startLightCore(parts: LightCoreParts): Promise<LightCore> {
  const { config, clock: worldClock, turns, wall, keys } = parts
  const leftIn = `${parts.folder}-then`
  const dataFolder = join(parts.folder, 'data')
  const journalFolder = join(parts.folder, 'journal')
  let alive = true
  const isAlive = () => alive
  const clock: FlowClock = worldClock.of(isAlive)

  function kill(): void {
    if (!alive) return
    alive = false
    mkdirSync(leftIn, { recursive: true })
    const leaves = (from: string, names: readonly string[]) => {
      mkdirSync(join(leftIn, from), { recursive: true, mode: 0o700 })
      for (const name of names) {
        const file = join(parts.folder, from, name)
        cpSync(file, join(leftIn, from, name), { force: true, errorOnExist: false })
      }
    }
    leaves(
      'data',
      present(dataFolder, [databaseFileName, `${databaseFileName}-wal`, 'on-screen', 'choices']),
    )
    leaves('journal', present(journalFolder, [journalFileName, 'store-mark']))
  }
  const happens = (label: string) => {
    if (alive && parts.onEffect(label)) kill()
  }
  const storeTap: StoreTap = ({ phase, effect }) => happens(`${phase}|${effect}`)
  const frameTap: FrameTap = ({ phase, direction, device, message }) =>
    happens(`${phase}|frame:${device}:${direction}:${message}`)

  const journal = await openJournal({ folder: journalFolder, now: clock.now, tap: storeTap })
  const mark = openStoreMark(journalFolder)
  const damage = examineDatabase(dataFolder, {
    kioskId: config.kioskId,
    mark: mark.found,
    newestDeposit: journal.newest?.intakeId,
    ranBefore: mark.found !== undefined || journal.newest !== undefined,
  })
  if (damage !== undefined) throw new Error(`a kill left a database that counts as ${damage}`)
  const store = openStore({
    folder: dataFolder,
    kioskId: config.kioskId,
    compartments: config.compartments,
    supplies: {
      bags: { capacity: config.bags.capacity, lowAt: config.bags.lowAt },
      paper: { capacity: config.paper.rollMm, lowAt: config.paper.lowAtMm },
    },
    clock: { now: clock.now, runningMs: clock.monotonicMs },
    newKey: uuidMaker(7, parts.chance),
    newInstance: uuidMaker(4, parts.chance),
    firstEpoch: journal.highestEpoch + 1,
    auditSigner: textSigner(keys),
    mark,
    tap: storeTap,
  })

  const devices = simulateDevices({
    ...{ wall, clock, worldClock, tap: frameTap, isAlive, compartments: config.compartments },
  })
  const sealer = createSealer(config.province.ageRecipient)
  const seal = (text: string) => turns.take(isAlive, () => sealer.seal(text))
  const client = onNetwork(
    createProvinceClient({
      url: config.province.url,
      kioskId: config.kioskId,
      token: parts.token,
      provinceId: config.province.provinceId,
      receiptKeys: config.province.receiptKeys,
    }),
    { network: parts.network, chance: parts.chance, turns, isAlive },
  )
  const syncClock = { now: clock.now, runningMs: clock.monotonicMs, setTimer: clock.setTimer }
  const random = () => parts.chance.next()
  const outbox = createOutboxWorker({
    outbox: store.outbox,
    epochs: store.epoch,
    client,
    slipKey: { keyId: keys.slip.keyId, publicKey: keys.slip.publicKey },
    clock: syncClock,
    random,
    report: ({ event, severity, ...details }) =>
      store.flow.audit.record(`sync.${event}`, { severity, ...details }),
  })
  const feed = createFeedWorker(
    {
      feed: store.feed,
      client,
      staffVerifier: createVerifier(config.province.receiptKeys),
      clock: syncClock,
      random,
      report: ({ event, severity, ...details }) =>
        store.flow.audit.record(`sync.${event}`, { severity, ...details }),
      onApplied: () => kiosk.session.refresh(),
    },
    { pollMs: feedPollMs },
  )
  const kiosk = composeKiosk({
    config,
    catalogue: parts.catalogue,
    keys,
    store,
    journal: {
      ...journal,
      append: (entry) => turns.take(isAlive, () => journal.append(entry)),
    },
    ...devices,
    printer: countedPrinter(devices.printer, store.supplies.usePaper),
    scanner: undefined,
    pages: noPages,
    disk: { takesIntakeAway: () => undefined },
    conditions: () => [],
    sync: {
      status: () => ({
        province: { state: 'unknown', lastContactAt: null, reason: null },
        worker: outbox.status(),
      }),
      notify: () => outbox.notify(),
      resume: () => outbox.resume(),
    },
    suspect: undefined,
    // A raster that spells what would be printed: the judge reads it off the paper.
    renderer: {
      async render(content) {
        const data = Buffer.from(JSON.stringify(content))
        return { ...slipRaster, heightDots: data.length, data }
      },
      close: async () => {},
    },
    seal: { seal, contentHash, salt: () => Buffer.alloc(16, parts.coreId).toString('base64') },
    phoneCodes: { send: createPhoneCodeSender(client, { ...sealer, seal }) },
    clock,
    clockSynchronised: () => true,
    certificateNotAfter: undefined,
    coreId: parts.coreId,
    screenMark: openScreenMark(join(dataFolder, 'on-screen')),
    choicesMark: openChoicesMark(join(dataFolder, 'choices'), parts.mayResumeScreen),
    mayResumeScreen: parts.mayResumeScreen,
  })
  kiosk.session.onChange(() => {
    if (alive) outbox.notify()
  })
  for (const device of [devices.locker, devices.printer, devices.reader]) device.start()

  const seen: readonly DeviceState[] = ['online', 'busy']
  for (let waitedMs = 0; waitedMs < firstFactsMs && alive; waitedMs += 100) {
    if (seen.includes(devices.locker.status().state)) break
    await worldClock.advance(100)
  }
  if (alive) kiosk.recover()
  if (alive) {
    outbox.start()
    feed.start()
    await turns.settle()
  }

  async function close(): Promise<void> {
    await turns.settle()
    kiosk.stop()
    await journal.close()
    store.close()
    mark.close()
  }
  return {
    ...{ kiosk, store, devices, isAlive, kill, leftIn },
    askProvince: feed.notify,
    bury: close,
    async end() {
      alive = false
      await close()
    },
  }
}

function present(folder: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => existsSync(join(folder, name)))
}

/** A machine without a scanner keeps no pages. */
const noPages: KeptPages = {
  scanFolder: '',
  work: undefined as never,
  shelf: undefined as never,
  report: () => ({
    id: 'pages',
    state: 'online',
    reasons: [],
    identity: {},
    counters: {},
    lastTest: null,
  }),
  hasRoom: () => true,
  keep: () => Promise.reject(new Error('there is no scanner')),
  draftPages: () => [],
  discard: () => {},
  forget: () => {},
  tidy: async () => {},
  stop: async () => {},
}

/** Of the shape that the province wants, and the same in each run of a seed. */
function uuidMaker(version: 4 | 7, chance: Chance): () => string {
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => chance.between(0, 15).toString(16)).join('')
  return () => `${hex(8)}-${hex(4)}-${version}${hex(3)}-8${hex(3)}-${hex(12)}`
}
