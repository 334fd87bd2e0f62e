import { certificateState } from '../domain/certificate-state.ts'
import type { OpenJournal } from '../store/journal.ts'
import type { Store } from '../store/open-store.ts'
import type { StoreMark } from '../store/restore/store-mark.ts'
import { unlessDiskFull } from '../store/store-fault.ts'
import type { TlsIdentity } from '../sync/tls-identity.ts'
import type { Kiosk } from './compose-kiosk.ts'
import { forgetBefore, journalForgetBefore } from './forget-before.ts'
import type { Logger } from './log.ts'
import type { ClockWatch } from './process/clock-watch.ts'
import type { DiskWatch } from './process/disk-watch.ts'
import type { EventLoopMetric } from './process/event-loop-metric.ts'
import type { RunningClock } from './process/running-clock.ts'
import { pruneJournal } from './prune-journal.ts'
import { systemClockSynchronised } from './system-clock.ts'

const minuteMs = 60_000
const metricsMs = 300_000
const forgetMs = 3_600_000
const certificateCheckMs = 86_400_000
/** The screen must not wait for it: more than an hour brings in, and short. */
const forgetAtOnce = 50

export interface PeriodicWorkParts {
  readonly kiosk: Pick<Kiosk, 'tidyPages'>
  readonly store: Store
  readonly journal: Pick<OpenJournal, 'intakeIds' | 'forget'>
  readonly backupFolders: readonly string[]
  readonly isServing: () => boolean
  readonly mark: StoreMark
  readonly runningClock: RunningClock
  readonly wallClock: ClockWatch
  readonly eventLoop: EventLoopMetric
  readonly identity: TlsIdentity | undefined
  readonly disk: Pick<DiskWatch, 'blame'>
  readonly log: Logger
}

/** What core does by itself while it runs, whoever is served. @returns the end of it */
export function startPeriodicWork(parts: PeriodicWorkParts): () => void {
  const { store, log } = parts
  const diskFull = (error: unknown) => {
    log.error('the disk takes nothing: it is tried again')
    parts.disk.blame(error)
  }
  const saveClock = () => void parts.runningClock.save(parts.wallClock.isGood()).catch(diskFull)

  function keepTime() {
    parts.wallClock.look()
    saveClock()
    void parts.mark.sync().catch(diskFull)
  }
  function expire() {
    unlessDiskFull(() => {
      store.flow.expireRights(new Date().toISOString())
      store.reminders.remindHolders(new Date().toISOString())
    }, diskFull)
  }
  function forget() {
    // A clock that is off by years would forget what is still needed.
    if (!systemClockSynchronised()) return
    unlessDiskFull(() => store.forget.forgetOld(forgetBefore(new Date()), forgetAtOnce), diskFull)
  }
  /** A deposit would have to wait for it. */
  function prune() {
    if (!systemClockSynchronised() || parts.isServing()) return
    const { journal, backupFolders } = parts
    const sentBefore = journalForgetBefore(new Date())
    void pruneJournal({ journal, forget: store.forget, backupFolders, sentBefore }).then(
      (gone) => gone > 0 && log.info({ gone }, 'journal pruned'),
      (error: unknown) => {
        const code = error instanceof Error && 'code' in error ? error.code : undefined
        if (code === undefined) throw error
        log.error({ code }, 'journal not pruned: it is tried again')
        parts.disk.blame(error)
      },
    )
  }
  function tellOfCertificate() {
    const notAfter = parts.identity?.notAfter
    const state = notAfter && certificateState(notAfter, Date.now())
    if (notAfter && state !== 'good') log.warn({ state, notAfter }, 'certificate')
  }
  function tellMetrics() {
    const residentMegabytes = Math.round(process.memoryUsage.rss() / 2 ** 20)
    log.info({ eventLoopDelay: parts.eventLoop.read(), residentMegabytes }, 'metrics')
    parts.eventLoop.reset()
  }

  tellOfCertificate()
  saveClock()
  const timers = [
    setInterval(keepTime, minuteMs),
    setInterval(() => parts.kiosk.tidyPages(), minuteMs),
    setInterval(expire, minuteMs),
    setInterval(forget, forgetMs),
    setInterval(prune, forgetMs),
    setInterval(tellOfCertificate, certificateCheckMs),
    setInterval(tellMetrics, metricsMs),
  ]
  return () => {
    for (const timer of timers) clearInterval(timer)
  }
}
