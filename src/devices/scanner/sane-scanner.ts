import type { ReasonCode } from '../../contract/faults.ts'
import type { CancelTimer } from '../clock.ts'
import type {
  FeederSensors,
  Outcome,
  ScanJob,
  ScannedPage,
  Scanner,
  ScanOptions,
} from '../contract.ts'
import { counters } from '../counters.ts'
import { exchangeRing } from '../exchange-ring.ts'
import { listeners } from '../listeners.ts'
import { probeArguments } from '../protocols/scanimage/command-line.ts'
import type { SaneSensors } from '../protocols/scanimage/sensors.ts'
import { statusHolder, unreachableState } from '../status-holder.ts'
import { type OutputStream, startProcess } from '../transport/process.ts'
import { isFolder, type SaneJob, type SaneJobOutcome, saneJob } from './sane-job.ts'
import { defaultSaneTimings, type SaneScannerOptions } from './sane-options.ts'
import { type ProbeResult, probeResult } from './sane-probe.ts'
import { type WatchedRun, watchedRun } from './watched-run.ts'

/** What stays to be done at the scanner after a run that went wrong. */
type Attention = Extract<
  ReasonCode,
  'JAM' | 'DOUBLE_FEED' | 'COVER_OPEN' | 'SCANNER_SILENT' | 'SCANNER_ERROR'
>

/**
 * A document scanner behind SANE, driven through `scanimage` as a child process: a scanner's library that hangs
 * or crashes takes nothing of core with it. Nothing holds the device open between two runs.
 */
export function saneScanner(options: SaneScannerOptions): Scanner {
  const { id, clock, profile, command, environment = {} } = options
  const timings = { ...defaultSaneTimings, ...options }
  const status = statusHolder()
  const exchanges = exchangeRing()
  const counts = counters(['scans', 'pages', 'scansFailed', 'probes', 'probesFailed'])

  let started = false
  /** Why the device cannot be used; undefined while it opens. */
  let away: ReasonCode | undefined = 'NOT_CONNECTED'
  let attention: Attention | undefined
  let sensors: SaneSensors = noSensors
  let job: SaneJob | undefined
  let jobEnded: Promise<unknown> = Promise.resolve()
  let scanning = false
  let probing: { readonly result: Promise<ProbeResult>; readonly run: WatchedRun } | undefined
  let cancelHeartbeat: CancelTimer = () => undefined
  let jobs = 0

  const note = (direction: 'out' | 'in', text: string): void =>
    exchanges.record(clock.monotonicMs(), direction, Buffer.from(text))

  const publish = (): void => {
    if (!started) return
    if (scanning) status.set('busy')
    else if (away !== undefined) status.set(unreachableState(away), [away])
    else if (sensors.coverOpen === true) status.set('needsAttendant', ['COVER_OPEN'])
    else if (attention !== undefined) status.set('needsAttendant', [attention])
    else status.set('online')
  }

  const learn = (result: ProbeResult): void => {
    if (!result.found) {
      counts.add('probesFailed')
      away = result.reason
      sensors = noSensors
      // Switched off and on again, or plugged in anew, it starts clean.
      attention = undefined
      return
    }
    away = undefined
    sensors = result.sensors
    const isClosed = sensors.coverOpen === false
    if (attention === 'COVER_OPEN' && isClosed) attention = undefined
    // The sheet is out and the cover shut again: nothing is left to see to.
    if (isFeedFault(attention) && isClosed && sensors.paperLoaded === false) attention = undefined
  }

  /** One look at the device; those who ask meanwhile share it. */
  const probe = (): Promise<ProbeResult> => {
    if (probing !== undefined) return probing.result
    counts.add('probes')
    cancelHeartbeat()
    const args = probeArguments(profile)
    const lines: Record<OutputStream, string[]> = { stdout: [], stderr: [] }
    const run = watchedRun({
      start: options.start ?? startProcess,
      process: { command, args, environment },
      clock,
      timings,
      onLine: (stream, line) => void lines[stream].push(line),
    })
    const result = run.ended.then((ended) => {
      probing = undefined
      const found = probeResult(ended, lines.stdout, lines.stderr)
      if (!found.found) for (const line of lines.stderr) note('in', line)
      learn(found)
      publish()
      schedule()
      return found
    })
    probing = { result, run }
    return result
  }

  const schedule = (): void => {
    cancelHeartbeat()
    // A look opens the device, which would fail or disturb while a job has it open.
    if (!started || scanning) return
    const isWell = away === undefined && attention === undefined
    const delayMs = isWell ? timings.probeIntervalMs : timings.troubleIntervalMs
    cancelHeartbeat = clock.setTimer(delayMs, () => void probe())
  }

  /** JAMMED says no more; some scanners tell by a sensor that it was two sheets at once. */
  const explainJam = async (outcome: SaneJobOutcome): Promise<SaneJobOutcome> => {
    if (outcome.outcome !== 'failed' || outcome.reason !== 'JAM') return outcome
    const looked = await probe()
    const wasDouble = looked.found && looked.sensors.doubleFeed === true
    return wasDouble ? { outcome: 'failed', reason: 'DOUBLE_FEED' } : outcome
  }

  const runJob = async (
    scan: ScanOptions,
    control: { cancelled: boolean },
    onPage: (page: ScannedPage) => void,
  ): Promise<SaneJobOutcome> => {
    await probing?.result
    if (!(await isFolder(scan.folder))) throw new Error(`scan: no folder ${scan.folder}`)
    if (control.cancelled || !started) return { outcome: 'refused', reason: 'SCAN_CANCELLED' }
    jobs += 1
    note('out', `scan ${profile.device}`)
    job = saneJob(
      options,
      scan,
      {
        onLine: (_stream, line) => note('in', line),
        onPage(page) {
          counts.add('pages')
          onPage(page)
        },
      },
      `${clock.monotonicMs().toFixed(0)}-${jobs}-`,
    )
    const outcome = await job.outcome
    job = undefined
    return explainJam(outcome)
  }

  const settle = (outcome: SaneJobOutcome): void => {
    scanning = false
    const reason = outcome.outcome === 'done' ? undefined : outcome.reason
    if (outcome.outcome === 'failed' || outcome.outcome === 'unknown') counts.add('scansFailed')
    if (reason === undefined) attention = undefined
    else if (isAttention(reason)) attention = reason
    else if (reason !== 'FEEDER_EMPTY' && reason !== 'SCAN_CANCELLED') away = reason
    publish()
    // Soon, not at once: whoever waits for the outcome may ask the sensors, or begin the next run.
    schedule()
  }

  const begin = (scan: ScanOptions): ScanJob => {
    const pages = listeners<ScannedPage>()
    const control = { cancelled: false }
    scanning = true
    cancelHeartbeat()
    counts.add('scans')
    publish()
    const outcome = runJob(scan, control, pages.emit).then(
      (ended) => {
        settle(ended)
        return ended
      },
      (error: unknown) => {
        settle({ outcome: 'refused', reason: 'SCAN_CANCELLED' })
        throw error
      },
    )
    jobEnded = outcome.catch(() => undefined)
    return {
      onPage: pages.add,
      outcome,
      cancel() {
        control.cancelled = true
        job?.interrupt()
      },
    }
  }

  return {
    id,
    deviceClass: 'scanner',
    status: status.current,
    identity: () => ({ model: profile.device }),
    onStatus: status.onStatus,
    lastExchanges: exchanges.list,
    counters: counts.all,
    scan(scan) {
      if (scanning) return refusedJob('PORT_BUSY')
      if (away !== undefined) return refusedJob(away)
      return begin(scan)
    },
    async sensePaper() {
      if (scanning || !started) return unknownSensors
      const looked = await probe()
      return looked.found ? feederSensors(looked.sensors) : unknownSensors
    },
    start() {
      if (started) return
      started = true
      void probe()
    },
    async stop() {
      started = false
      cancelHeartbeat()
      job?.interrupt()
      probing?.run.interrupt()
      await jobEnded
      await probing?.result
      cancelHeartbeat()
    },
  }
}

const noSensors: SaneSensors = {
  paperLoaded: undefined,
  coverOpen: undefined,
  doubleFeed: undefined,
}
const unknownSensors: FeederSensors = { feeder: 'unknown', cover: 'unknown' }

function feederSensors({ paperLoaded, coverOpen }: SaneSensors): FeederSensors {
  return {
    feeder: paperLoaded === undefined ? 'unknown' : paperLoaded ? 'loaded' : 'empty',
    cover: coverOpen === undefined ? 'unknown' : coverOpen ? 'open' : 'closed',
  }
}

function isFeedFault(reason: Attention | undefined): boolean {
  return reason === 'JAM' || reason === 'DOUBLE_FEED'
}

function isAttention(reason: ReasonCode): reason is Attention {
  return (
    reason === 'JAM' ||
    reason === 'DOUBLE_FEED' ||
    reason === 'COVER_OPEN' ||
    reason === 'SCANNER_SILENT' ||
    reason === 'SCANNER_ERROR'
  )
}

function refusedJob(reason: ReasonCode): ScanJob {
  const outcome: Outcome<{ readonly pages: number }> = { outcome: 'refused', reason }
  return {
    onPage: () => () => undefined,
    outcome: Promise.resolve(outcome),
    cancel: () => undefined,
  }
}
