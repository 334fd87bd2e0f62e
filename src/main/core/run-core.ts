import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { tellLocally } from '../../devices/transport/local-socket.ts'
import { certificateState } from '../domain/certificate-state.ts'
import { createSlipRenderer } from '../printing/slip-renderer.ts'
import { createBallast } from '../store/ballast.ts'
import { openJournal } from '../store/journal.ts'
import type { Store } from '../store/open-store.ts'
import { StoreFault, unlessDiskFull } from '../store/store-fault.ts'
import { contentHash, createSealer } from '../sync/seal.ts'
import { readTlsIdentity } from '../sync/tls-identity.ts'
import { countedPrinter } from './adapters/counted-printer.ts'
import { backupTime, composeBackups } from './compose-backups.ts'
import { ballastBytes, composeDisk } from './compose-disk.ts'
import { composeKiosk } from './compose-kiosk.ts'
import { composePages } from './compose-pages.ts'
import { composeSync } from './compose-sync.ts'
import { loadCatalogue } from './config/catalogue.ts'
import { loadConfig } from './config/load-config.ts'
import { createDevices, eachDevice } from './create-devices.ts'
import { diagnosisSocketPath } from './diagnose-command.ts'
import { effectProbe } from './effect-probe.ts'
import { firstFacts } from './first-facts.ts'
import { forgetBefore } from './forget-before.ts'
import { configuredKeyProvider } from './keys/configured-key-provider.ts'
import { textSigner } from './keys/kiosk-keys.ts'
import { createLogger } from './log.ts'
import { databaseReport, openKioskStore, tryAccess } from './open-kiosk-store.ts'
import { keepAliveMark } from './process/alive-mark.ts'
import { openChoicesMark } from './process/choices-mark.ts'
import { createClockWatch } from './process/clock-watch.ts'
import { takeDataLock } from './process/data-lock.ts'
import { startEventLoopMetric } from './process/event-loop-metric.ts'
import { watchParent } from './process/parent-watch.ts'
import { openRunningClock } from './process/running-clock.ts'
import { openScreenMark } from './process/screen-mark.ts'
import type { Port } from './rpc/port.ts'
import { acceptProcessPorts } from './rpc/process-ports.ts'
import { createRouter } from './rpc/router.ts'
import { serveContract } from './rpc/serve-contract.ts'
import { acceptShellPorts, shellLinkOf } from './rpc/shell-ports.ts'
import { serveMetrics } from './serve-metrics.ts'
import { openDeviceNote, suspectedDevice } from './suspected-device.ts'
import { systemClockSynchronised, systemFlowClock } from './system-clock.ts'
import { tellCondition } from './tell-condition.ts'

/** The supervisor does not start core again after this exit code: the configuration has to change first. */
const configurationExitCode = 78
const runningClockSaveMs = 60_000
const expiryCheckMs = 60_000
const metricsMs = 300_000
const certificateCheckMs = 86_400_000
const forgetMs = 3_600_000
/** The screen must not wait for it: more than an hour brings in, and short. */
const forgetAtOnce = 50
/** How long a restart waits for the first facts of the doors before it decides without them. */
const firstFactsMs = 2_000

/** The kiosk. Crash-only: it may be killed at any moment, and takes everything up again at its next start. */
export async function runCore(args: readonly string[]): Promise<void> {
  const log = createLogger()
  const { values } = parseArgs({
    args: [...args],
    options: { config: { type: 'string' }, 'safe-start': { type: 'boolean', default: false } },
  })
  const loaded = loadConfig(values.config ?? '')
  if (!loaded.ok) return refuse(loaded.problems)
  const { config } = loaded
  const catalogue = loadCatalogue(config.catalogueFile)
  if (!catalogue.ok) return refuse(catalogue.problems)

  const { tls } = config.province
  const tlsRead = tls && readTlsIdentity(tls)
  if (tlsRead && !tlsRead.ok) {
    const { key, reason } = tlsRead
    return refuse([
      { file: values.config ?? '', key: `province.tls.${key}`, reason: `${tls[key]} ${reason}` },
    ])
  }
  const identity = tlsRead?.identity

  const access = tryAccess([config.dataFolder, config.journalFolder])
  if (access !== undefined) return fail(access.code, access.message)
  const ballast = createBallast(config.dataFolder, ballastBytes(config))
  if (ballast.releaseIfEmpty()) log.error('the disk is full: the ballast was given back')
  const lock = takeDataLock(config.dataFolder)
  if (!lock.ok) return fail(lock.code, lock.message)
  const loadedKeys = await configuredKeyProvider(config).load()
  if (!loadedKeys.ok) return fail(loadedKeys.code, loadedKeys.message)
  const { keys } = loadedKeys

  const alive = keepAliveMark(join(config.dataFolder, 'alive'))
  const suspect = values['safe-start'] ? suspectedDevice(config.dataFolder) : undefined
  const note = openDeviceNote(config.dataFolder, suspect)
  process.on('uncaughtExceptionMonitor', (error) => {
    // What the disk does is no device's fault, whoever's frame it was that had to be written down.
    if (error instanceof StoreFault) note.clear()
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
  if (!opened.ok) return fail(opened.code, opened.message)
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

  const composedPages = composePages({
    config,
    store,
    runningMs: runningClock.runningMs,
    tap: probe?.storeTap,
  })
  if (!composedPages.ok) return fail(composedPages.code, composedPages.message)
  const { pages } = composedPages
  await pages.tidy()
  const sealer = createSealer(config.province.ageRecipient)
  const sync = composeSync({
    config,
    keys,
    store,
    sealer,
    tls: identity,
    pages: pages.shelf,
    runningMs: runningClock.runningMs,
    diagnose: () => kiosk.diagnose(),
    isServing: () => !/^(idle|outOfService)$/.test(kiosk.session.current().screen.name),
    onApplied: () => kiosk.session.refresh(),
    log,
  })
  const backups = composeBackups({ config, store, runningMs: runningClock.runningMs, log })
  let refresh = () => {}
  const wallClock = createClockWatch({
    runningClock,
    wallMs: Date.now,
    synchronised: systemClockSynchronised,
    onChange: tellCondition(store, 'clock', log),
  })
  wallClock.look()
  const disk = composeDisk({ config, store, ballast, log, onChange: () => refresh() })
  await disk.look()
  const coreId = randomBytes(6).toString('hex')
  const mayResumeScreen = alive.goneMs !== undefined && alive.goneMs < config.timeouts.resumeMs
  const kiosk = composeKiosk({
    config,
    catalogue: catalogue.catalogue,
    keys,
    store,
    journal: opened.journal,
    ...devices,
    printer: devices.printer && countedPrinter(devices.printer, store.supplies.usePaper),
    pages,
    disk,
    conditions: () => [wallClock.report(), disk.report(), databaseReport(store), backups.report()],
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
  const router = createRouter(kiosk.session)
  const shell = shellLinkOf(process)
  if (shell) {
    const serve = (port: Port) => serveContract(router, port)
    acceptShellPorts(shell, serve, () => void end('shell ends'))
  } else if (process.send) acceptProcessPorts(process, (port) => serveContract(router, port))
  const diagnosis = tellLocally(diagnosisSocketPath(config.dataFolder), () =>
    JSON.stringify(kiosk.diagnose()),
  )
  sync.start()
  const tellOfCertificate = () => {
    const notAfter = identity?.notAfter
    const state = notAfter && certificateState(notAfter, Date.now())
    if (notAfter && state !== 'good') log.warn({ state, notAfter }, 'certificate')
  }
  tellOfCertificate()
  backups.start()
  disk.start()
  if (opened.restored) void backups.run()
  const eventLoop = startEventLoopMetric()
  const metrics =
    config.metrics &&
    serveMetrics({ port: config.metrics.port, kiosk, store, sync, eventLoop, log })
  const diskFull = () => log.error('the disk takes nothing: it is tried again')
  void runningClock.save(wallClock.isGood()).catch(diskFull)
  const timers = [
    setInterval(() => {
      wallClock.look()
      void runningClock.save(wallClock.isGood()).catch(diskFull)
      void mark.sync().catch(diskFull)
    }, runningClockSaveMs),
    setInterval(tellOfCertificate, certificateCheckMs),
    setInterval(() => kiosk.tidyPages(), expiryCheckMs),
    setInterval(() => {
      unlessDiskFull(() => {
        store.flow.expireRights(new Date().toISOString())
        store.reminders.remindHolders(new Date().toISOString())
      }, diskFull)
    }, expiryCheckMs),
    setInterval(() => {
      // A clock that is off by years would forget what is still needed.
      if (systemClockSynchronised()) store.forget.forgetOld(forgetBefore(new Date()), forgetAtOnce)
    }, forgetMs),
    setInterval(() => {
      const residentMegabytes = Math.round(process.memoryUsage.rss() / 2 ** 20)
      log.info({ eventLoopDelay: eventLoop.read(), residentMegabytes }, 'metrics')
      eventLoop.reset()
    }, metricsMs),
  ]
  let ending = false
  const end = async (why: string) => {
    if (ending) return
    ending = true
    for (const timer of timers) clearInterval(timer)
    diagnosis.close()
    metrics?.close()
    backups.stop()
    disk.stop()
    kiosk.stop()
    await sync.stop()
    await Promise.all(eachDevice(devices).map((device) => device.stop()))
    await pages.stop()
    await runningClock.save(wallClock.isGood())
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
  if (process.send) watchParent(process, () => void end('parent gone'))
  // Whoever waits for this line may end core at once.
  log.info({ coreId, kioskId: config.kioskId, pid: process.pid, suspect }, 'core ready')
}

function refuse(problems: readonly { file: string; key: string; reason: string }[]): void {
  for (const { file, key, reason } of problems) process.stderr.write(`${file}: ${key}: ${reason}\n`)
  leave()
}

function fail(code: string, message: string): void {
  process.stderr.write(`${code}: ${message}\n`)
  leave()
}

function leave(): void {
  process.exitCode = configurationExitCode
  process.disconnect?.()
  // The channel to a shell cannot be closed from here, and would keep this process.
  if (shellLinkOf(process)) process.exit()
}

/** Left out until somebody has looked: on record, and known at the province. */
function reportSuspect(store: Store, device: string): void {
  store.flow.audit.record('device.leftOut', { device })
  store.enqueue({
    kind: 'fault',
    lane: 'kiosk',
    body: { device, reason: 'SUSPECTED_CRASH', state: 'broken', at: new Date().toISOString() },
  })
}

function probeFromEnvironment(beforeKill: () => void) {
  const { KIOSK_EFFECT_LOG: logFile, KIOSK_KILL_FILE: killFile } = process.env
  if (logFile === undefined && killFile === undefined) return undefined
  return effectProbe({ ...(logFile && { logFile }), ...(killFile && { killFile }), beforeKill })
}
