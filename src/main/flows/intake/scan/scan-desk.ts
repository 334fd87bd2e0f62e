import type { ReasonCode } from '../../../../contract/faults.ts'
import type { Intent } from '../../../../contract/intent.ts'
import type { Screen } from '../../../../contract/screen.ts'
import type { ScanJob } from '../../../../devices/contract.ts'
import type { FlowClock } from '../../clock.ts'
import type { KeptPage, ScanPort } from './scan-port.ts'
import { scanScreen } from './scan-screen.ts'
import {
  isSettled,
  keptIn,
  moved,
  pageIn,
  put,
  type Tray,
  type TrayPage,
  without,
  withPage,
} from './scan-tray.ts'

export type ScanPhase =
  | { readonly name: 'offer'; readonly replacing: string | undefined }
  | {
      readonly name: 'feeding'
      readonly job: ScanJob
      readonly replacing: string | undefined
      readonly arrived: number
      readonly stopping: boolean
    }
  | { readonly name: 'review' }
  | { readonly name: 'page'; readonly pageId: string }
  | {
      readonly name: 'trouble'
      readonly reason: ReasonCode
      readonly replacing: string | undefined
    }
  | { readonly name: 'saving' }
  | { readonly name: 'leftover'; readonly insisted: boolean }

export interface ScanDesk {
  screen(): Screen
  can(): { readonly back: boolean; readonly leave: boolean }
  /** Returns whether the intention was taken. `session.back` that it does not take is the form's. */
  intend(intent: Intent): boolean
  /** The small picture of a page in the clear, JPEG. */
  picture(pageId: string): Uint8Array | undefined
  /** Everything in the clear goes; kept pages that were not handed over are forgotten. */
  stop(): void
}

export interface ScanDeskOptions {
  readonly clock: FlowClock
  readonly port: ScanPort
  readonly maxPages: number
  /** How long the feeder's sensor may take to answer before the citizen goes on without it. */
  readonly senseMs: number
  readonly personHash: string | null
  /** Pages that are kept already: gone back to, or left by a crash. */
  readonly kept: readonly KeptPage[]
}

/**
 * The citizen at the scanner. Whatever the scanner does, there is a way on: with the pages that came through, or
 * without any.
 */
export function createScanDesk(
  { clock, port, maxPages, senseMs, personHash, kept }: ScanDeskOptions,
  host: { changed(): void; done(pages: readonly KeptPage[]): void },
): ScanDesk {
  let pageCount = 0
  const nextId = () => `page-${++pageCount}`
  let tray: Tray = kept.map((page) => ({ pageId: nextId(), state: 'kept', hints: [], kept: page }))
  let phase: ScanPhase =
    tray.length > 0 ? { name: 'review' } : { name: 'offer', replacing: undefined }
  const pictures = new Map<string, Uint8Array>()
  let ended = false

  function drop(page: TrayPage): void {
    pictures.delete(page.pageId)
    if (page.state === 'kept') port.forget([page.kept])
    else port.discard(page.path)
  }

  function startFeeding(replacing: string | undefined): boolean {
    const room = replacing === undefined ? maxPages - tray.length : 1
    if (room < 1) return false
    const job = port.scan(room)
    phase = { name: 'feeding', job, replacing, arrived: 0, stopping: false }
    job.onPage(({ path }) => arrived(job, path))
    void job.outcome.then((outcome) => {
      if (ended || phase.name !== 'feeding' || phase.job !== job) return
      afterFeeding(outcome.outcome === 'done' ? undefined : outcome.reason, phase.replacing)
      host.changed()
    })
    return true
  }

  function arrived(job: ScanJob, path: string): void {
    if (ended || phase.name !== 'feeding' || phase.job !== job) {
      port.discard(path)
      return
    }
    const page: TrayPage = { pageId: nextId(), state: 'arriving', hints: [], path }
    const replaced = phase.replacing && pageIn(tray, phase.replacing)
    tray = put(tray, page, phase.replacing)
    if (replaced) drop(replaced)
    phase = { ...phase, replacing: undefined, arrived: phase.arrived + 1 }
    void look(page.pageId, path)
    host.changed()
  }

  async function look(pageId: string, path: string): Promise<void> {
    const seen = await port.look(path).catch(() => undefined)
    if (ended || pageIn(tray, pageId) === undefined) return
    if (seen === undefined) {
      // Half a picture is no page: as if it had not come through.
      tray = without(tray, pageId)
      port.discard(path)
      if (phase.name === 'review' && tray.length === 0) {
        phase = { name: 'trouble', reason: 'SCANNER_ERROR', replacing: undefined }
      }
    } else {
      pictures.set(pageId, seen.jpeg)
      tray = withPage(tray, { pageId, state: 'shown', hints: seen.hints, path })
    }
    host.changed()
  }

  function afterFeeding(reason: ReasonCode | undefined, replacing: string | undefined): void {
    if (reason === undefined || reason === 'SCAN_CANCELLED') {
      phase = tray.length > 0 ? { name: 'review' } : { name: 'offer', replacing: undefined }
    } else phase = { name: 'trouble', reason, replacing }
  }

  async function accept(): Promise<void> {
    phase = { name: 'saving' }
    for (const page of tray) {
      if (page.state === 'kept') continue
      const sealed = await port.keep(page.path, personHash).catch(() => undefined)
      if (ended) return sealed && port.forget([sealed])
      if (sealed === undefined) {
        phase = { name: 'trouble', reason: 'DISK_ERROR', replacing: undefined }
        return host.changed()
      }
      pictures.delete(page.pageId)
      tray = withPage(tray, { pageId: page.pageId, state: 'kept', hints: [], kept: sealed })
      host.changed()
    }
    await finish(false)
  }

  function skip(): void {
    for (const page of tray) drop(page)
    tray = []
    phase = { name: 'saving' }
    void finish(false)
  }

  /** On, unless paper lies in the feeder. */
  async function finish(asked: boolean): Promise<void> {
    const feeder = await sensed()
    if (ended) return
    if (feeder === 'loaded') {
      phase = { name: 'leftover', insisted: asked }
      return host.changed()
    }
    handOver()
  }

  function sensed(): Promise<'loaded' | 'empty' | 'unknown'> {
    return new Promise((resolve) => {
      const cancel = clock.setTimer(senseMs, () => resolve('unknown'))
      void port.sensePaper().then((feeder) => {
        cancel()
        resolve(feeder)
      })
    })
  }

  function handOver(): void {
    ended = true
    host.done(keptIn(tray))
  }

  /** Only what the scanner or the disk does just now is waited for. */
  function isBusy(): boolean {
    return phase.name === 'feeding' || phase.name === 'saving'
  }

  function intendPage(pageId: string, intent: Intent): boolean {
    const page = pageIn(tray, pageId)
    if (!page) return false
    switch (intent.path) {
      case 'session.back':
        phase = { name: 'review' }
        return true
      case 'scan.replacePage':
        phase = { name: 'offer', replacing: pageId }
        return true
      case 'scan.movePage':
        tray = moved(tray, pageId, intent.input.to)
        return true
      case 'scan.leavePageOut':
        tray = without(tray, pageId)
        drop(page)
        phase = tray.length > 0 ? { name: 'review' } : { name: 'offer', replacing: undefined }
        return true
      default:
        return false
    }
  }

  function intendReview(intent: Intent): boolean {
    switch (intent.path) {
      case 'scan.choosePage':
        if (pageIn(tray, intent.input.pageId)?.state === 'arriving') return false
        if (!pageIn(tray, intent.input.pageId)) return false
        phase = { name: 'page', pageId: intent.input.pageId }
        return true
      case 'scan.addPages':
        if (!isSettled(tray) || tray.length >= maxPages) return false
        phase = { name: 'offer', replacing: undefined }
        return true
      case 'scan.accept':
        if (!isSettled(tray)) return false
        void accept()
        return true
      case 'scan.skip':
        skip()
        return true
      default:
        return false
    }
  }

  function intend(intent: Intent): boolean {
    switch (phase.name) {
      case 'offer':
        if (intent.path === 'scan.start') return startFeeding(phase.replacing)
        if (intent.path === 'session.back' && tray.length > 0) {
          phase = { name: 'review' }
          return true
        }
        if (intent.path !== 'scan.skip') return false
        // With pages there, "not scanning" means: no more of them.
        if (tray.length > 0) phase = { name: 'review' }
        else skip()
        return true
      case 'feeding':
        if (intent.path !== 'scan.stop' || phase.stopping) return false
        phase.job.cancel()
        phase = { ...phase, stopping: true }
        return true
      case 'review':
        return intendReview(intent)
      case 'page':
        return intendPage(phase.pageId, intent)
      case 'trouble':
        if (intent.path === 'scan.start') return startFeeding(phase.replacing)
        if (intent.path === 'scan.skip') {
          skip()
          return true
        }
        if (intent.path !== 'scan.showPages' || tray.length === 0) return false
        phase = { name: 'review' }
        return true
      case 'leftover':
        if (intent.path !== 'scan.originalTaken') return false
        // A sensor that goes on seeing what nobody finds must not hold the citizen.
        if (phase.insisted) handOver()
        else {
          phase = { name: 'saving' }
          void finish(true)
        }
        return true
      case 'saving':
        return false
    }
  }

  return {
    screen: () => scanScreen(phase, tray, maxPages),
    can: () => ({
      back: phase.name === 'page' || phase.name === 'offer',
      leave: !isBusy(),
    }),
    intend,
    picture: (pageId) => pictures.get(pageId),
    stop() {
      if (ended) return
      ended = true
      if (phase.name === 'feeding') phase.job.cancel()
      for (const page of tray) drop(page)
      tray = []
    },
  }
}
