import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { createSlipRenderer } from '../printing/slip-renderer.ts'
import { createBallast } from '../store/ballast.ts'
import { databaseFileName } from '../store/connection.ts'
import { openJournal } from '../store/journal.ts'
import { StoreFault } from '../store/store-fault.ts'
import { contentHash, createSealer } from '../sync/seal.ts'
import { countedPrinter } from './adapters/counted-printer.ts'
import { watchedPages } from './adapters/watched-pages.ts'
import { cannotStart, refuseConfiguration } from './cannot-start.ts'
import { backupFolders, backupTime, composeBackups } from './compose-backups.ts'
import { ballastBytes, composeDisk } from './compose-disk.ts'
import { composeKiosk } from './compose-kiosk.ts'
import { composePages } from './compose-pages.ts'
import { composeSync } from './compose-sync.ts'
import { readSettings } from './config/read-settings.ts'
import { createDevices, eachDevice } from './create-devices.ts'
import { probeFromEnvironment } from './effect-probe.ts'
import { firstFacts } from './first-facts.ts'
import { configuredKeyProvider } from './keys/configured-key-provider.ts'
import { textSigner } from './keys/kiosk-keys.ts'
import { createLogger } from './log.ts'
import { databaseReport, openKioskStore, tryAccess } from './open-kiosk-store.ts'
import { startPeriodicWork } from './periodic-work.ts'
import { keepAliveMark } from './process/alive-mark.ts'
import { openChoicesMark } from './process/choices-mark.ts'
import { createClockWatch } from './process/clock-watch.ts'
import { takeDataLock } from './process/data-lock.ts'
import { openDiskFaultMark } from './process/disk-fault-mark.ts'
import { startEventLoopMetric } from './process/event-loop-metric.ts'
import { createLogWatch } from './process/log-watch.ts'
import { openRunningClock } from './process/running-clock.ts'
import { openScreenMark } from './process/screen-mark.ts'
import { serveKiosk } from './serve-kiosk.ts'
import { serveMetrics } from './serve-metrics.ts'
import { openDeviceNote, reportSuspect, suspectedDevice } from './suspected-device.ts'
import { systemClockSynchronised, systemFlowClock } from './system-clock.ts'
import { tellCondition } from './tell-condition.ts'

/** How long a restart waits for the first facts of the doors before it decides without them. */
const firstFactsMs = 2_000

/** The kiosk. Crash-only: it may be killed at any moment, and takes everything up again at its next start. */
export async function runCore(args: readonly string[]): Promise<void> {
  const log = createLogger()
  const read = readSettings(args)
  if (!read.ok) return refuseConfiguration(read.problems)
  const { config, catalogue, identity, safeStart } = read.settings

  const access = tryAccess([config.dataFolder, config.journalFolder])
  if (access !== undefined) return cannotStart(access)
  const ballast = createBallast(config.dataFolder, ballastBytes(config))
  if (ballast.releaseIfEmpty()) log.error('the disk is full: the ballast was given back')
  const lock = takeDataLock(config.dataFolder)
  if (!lock.ok) return cannotStart(lock)
  const loadedKeys = await configuredKeyProvider(config).load()
  if (!loadedKeys.ok) return cannotStart(loadedKeys)
  const { keys } = loadedKeys

  const alive = keepAliveMark(join(config.dataFolder, 'alive'), (sleptMs) => {
    log.error({ sleptMs }, 'the machine slept: core ends and starts anew')
    process.exit(1)
  })
  const suspect = safeStart ? suspectedDevice(config.dataFolder) : undefined
  const note = openDeviceNote(config.dataFolder, suspect)
  const diskFault = openDiskFaultMark(join(config.dataFolder, 'disk-fault'))
  process.on('uncaughtExceptionMonitor', (error) => {
    // What the disk does is no device's fault, whoever's frame it was that had to be written down.
    if (diskFault.noteEnd(error) || error instanceof StoreFault) note.clear()
  })
  const probe = config.mode === 'demo' ? probeFromEnvironment(note.clear) : undefined
  const runningClock = await openRunningClock(join(config.dataFolder, 'running-time.json'))
  // The journal first: a database that was lost must not give out the numbers of an earlier epoch again.
  const journal = await openJournal({
    folder: config.journalFolder,
    now: () => new Date(),
    tap: probe?.storeTap,
  })
  const opened = await openKioskStore({
    config,
    journal,
    runningMs: runningClock.runningMs,
    time: backupTime(runningClock),
    auditSigner: textSigner(keys),
    tap: probe?.storeTap,
    log,
  })
  if (!opened.ok) return cannotStart(opened)
  const { store, mark } = opened
  runningClock.raiseTo(store.runningMs())
  const tap = note.around(probe?.frameTap)
  const devices = createDevices(config.devices, config.compartments, tap, suspect)
  for (const device of eachDevice(devices)) {
    device.onStatus(({ state, reasons }) =>
      log.info({ device: device.id, state, reasons }, 'device'),
    )
    device.start()
  }

  let refresh = () => {}
  const { endedLast } = diskFault
  const disk = composeDisk({ config, store, ballast, endedLast, log, onChange: () => refresh() })
  await disk.look()
  const composedPages = composePages({
    config,
    store,
    runningMs: runningClock.runningMs,
    tap: probe?.storeTap,
    log,
    onTrouble: disk.blame,
  })
  if (!composedPages.ok) return cannotStart(composedPages)
  const { pages } = composedPages
  await pages.tidy()
  const isServing = () => !/^(idle|outOfService)$/.test(kiosk.session.current().screen.name)
  const sealer = createSealer(config.province.ageRecipient)
  const sync = composeSync({
    config,
    keys,
    store,
    sealer,
    tls: identity,
    pages: watchedPages(pages.shelf, disk.blame),
    runningMs: runningClock.runningMs,
    diagnose: () => kiosk.diagnose(),
    isServing,
    onApplied: () => kiosk.session.refresh(),
    log,
  })
  const backups = composeBackups({ config, store, runningMs: runningClock.runningMs, log })
  const wallClock = createClockWatch({
    runningClock,
    wallMs: Date.now,
    synchronised: systemClockSynchronised,
    told: store.conditions.told('clock'),
    onChange: tellCondition(store, 'clock', log),
  })
  wallClock.look()
  const databaseLog = createLogWatch({
    path: `${join(config.dataFolder, databaseFileName)}-wal`,
    mostBytes: config.limits.databaseLogMegabytes * 1_000_000,
    everyMs: config.timeouts.diskCheckMs,
    setTimer: systemFlowClock.setTimer,
    told: store.conditions.told('database'),
    onChange: tellCondition(store, 'database', log),
  })
  const coreId = randomBytes(6).toString('hex')
  const mayResumeScreen = alive.goneMs !== undefined && alive.goneMs < config.timeouts.resumeMs
  const kiosk = composeKiosk({
    config,
    catalogue,
    keys,
    store,
    journal: opened.journal,
    ...devices,
    printer: devices.printer && countedPrinter(devices.printer, store.supplies.usePaper),
    pages,
    disk,
    conditions: () => [
      ...[wallClock.report(), disk.report(), databaseReport(store, databaseLog)],
      ...[backups.report(), pages.report()],
    ],
    sync,
    suspect,
    renderer: createSlipRenderer(),
    seal: { seal: sealer.seal, contentHash, salt: () => randomBytes(16).toString('base64') },
    phoneCodes: { send: sync.sendPhoneCode },
    clock: systemFlowClock,
    clockSynchronised: systemClockSynchronised,
    certificateNotAfter: identity?.notAfter,
    coreId,
    screenMark: openScreenMark(join(config.dataFolder, 'on-screen')),
    choicesMark: openChoicesMark(join(config.dataFolder, 'choices'), mayResumeScreen),
    mayResumeScreen,
  })
  if (suspect !== undefined) reportSuspect(store, suspect)
  probe?.setScreen(() => kiosk.session.current().screen.name)
  kiosk.session.onChange(() => sync.notify())
  refresh = () => kiosk.session.refresh()

  await firstFacts(devices.locker, store.flow, firstFactsMs)
  kiosk.recover()
  const served = serveKiosk(kiosk, {
    dataFolder: config.dataFolder,
    onParentGone: (why) => void end(why),
  })
  sync.start()
  backups.start()
  disk.start()
  databaseLog.start()
  if (opened.restored) void backups.run()
  const eventLoop = startEventLoopMetric()
  const metrics =
    config.metrics &&
    serveMetrics({ port: config.metrics.port, kiosk, store, sync, eventLoop, log })
  const stopPeriodicWork = startPeriodicWork({
    ...{ kiosk, store, journal, mark, runningClock, wallClock, eventLoop, identity, disk, log },
    ...{ backupFolders: backupFolders(config), isServing },
  })
  let ending = false
  const end = async (why: string) => {
    if (ending) return
    ending = true
    stopPeriodicWork()
    served.close()
    metrics?.close()
    backups.stop()
    disk.stop()
    databaseLog.stop()
    kiosk.stop()
    await sync.stop()
    await Promise.all(eachDevice(devices).map((device) => device.stop()))
    await pages.stop()
    // Without it some minutes of running time are lost, and nothing else.
    await runningClock.save(wallClock.isGood()).catch((error: unknown) => log.error(error))
    await journal.close()
    store.close()
    mark.close()
    alive.stop()
    note.close()
    lock.release()
    log.info({ why, eventLoopDelay: eventLoop.read() }, 'core ended')
    process.exit(0)
  }
  process.on('SIGTERM', () => void end('SIGTERM'))
  process.on('SIGINT', () => void end('SIGINT'))
  // Whoever waits for this line may end core at once.
  log.info({ coreId, kioskId: config.kioskId, pid: process.pid, suspect }, 'core ready')
}
