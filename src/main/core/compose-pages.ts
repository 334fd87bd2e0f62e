import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeviceReport } from '../../contract/diagnosis.ts'
import type { KeptPage } from '../flows/intake/scan/scan-port.ts'
import { createPageShelf, type PageShelf } from '../pages/page-shelf.ts'
import { createPageWork, type PageWork } from '../pages/page-work.ts'
import { openScanFolder } from '../pages/scan-folder.ts'
import { createPageSealer } from '../pages/seal-page.ts'
import { diskFaultOf } from '../store/disk-fault.ts'
import type { Store } from '../store/open-store.ts'
import type { StoreTap } from '../store/store-tap.ts'
import type { KioskConfig } from './config/kiosk-config.ts'
import type { Logger } from './log.ts'
import { tellCondition } from './tell-condition.ts'

const megabyte = 1_000_000

/** Pages from the feeder to the shelf: in the clear in memory only, and sealed with a row of their own. */
export interface KeptPages {
  /** Where the scanner puts them, 0700 in memory. */
  readonly scanFolder: string
  readonly work: PageWork
  readonly shelf: PageShelf
  /** As technicians see it: a device like any other. */
  report(): DeviceReport
  /** Less lies here than the cap allows: more pages may be taken in. */
  hasRoom(): boolean
  keep(path: string, personHash: string | null): Promise<KeptPage>
  draftPages(personHash: string): readonly KeptPage[]
  discard(path: string): void
  forget(contentHashes: readonly string[]): void
  /** Forgets what nobody came back for, and removes files that no row names. Call while nobody is served. */
  tidy(): Promise<void>
  stop(): Promise<void>
}

export type PagesResult =
  | { readonly ok: true; readonly pages: KeptPages }
  | { readonly ok: false; readonly code: string; readonly message: string }

/** Pages in the clear must not reach a disk in production; a demo may run where `/dev/shm` is missing. */
export function composePages(parts: {
  readonly config: KioskConfig
  readonly store: Store
  readonly runningMs: () => number
  readonly tap: StoreTap | undefined
  readonly log: Logger
  /** Told of what went wrong with a page: the citizen only goes without it, and what is left over can wait. */
  readonly onTrouble: (error: unknown) => void
}): PagesResult {
  const { config, store } = parts
  const folder = openScanFolder(config.scanFolder)
  if (!folder.inMemory && config.mode === 'production') {
    const message = `${folder.path} is not in memory (tmpfs): scanned pages would reach the disk`
    return { ok: false, code: 'SCAN_FOLDER_ON_DISK', message }
  }
  const work = createPageWork()
  const shelf = createPageShelf(join(config.dataFolder, 'pages'), parts.tap)
  const sealer = createPageSealer({ work, shelf, recipient: config.province.ageRecipient })
  // A page that is on the shelf and not yet on record must not be taken for one that nobody names.
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const done = turn.then(task)
    turn = done.catch(() => undefined)
    return done
  }

  const unlessDiskFails = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      if (diskFaultOf(error) === undefined) throw error
      parts.onTrouble(error)
    }
  }

  const capBytes = config.limits.pagesMegabytes * megabyte
  let bytes = 0
  let isFull = false
  const tell = tellCondition(store, 'pages', parts.log)
  /** Below the cap by a little before it is good again: one page more or less is no news. */
  const count = (now: number) => {
    bytes = now
    const was = isFull
    isFull = bytes >= (was ? capBytes * 0.95 : capBytes)
    if (isFull !== was) tell(isFull ? 'CAP_REACHED' : null, was ? 'CAP_REACHED' : null)
  }

  const pages: KeptPages = {
    scanFolder: folder.path,
    work,
    shelf,
    report: () => ({
      id: 'pages',
      state: isFull ? 'needsAttendant' : 'online',
      reasons: isFull ? ['CAP_REACHED'] : [],
      identity: {},
      counters: { megabytes: Math.round(bytes / megabyte) },
      lastTest: null,
    }),
    hasRoom: () => !isFull,
    keep: (path, personHash) =>
      inTurn(async () => {
        const record = ({ contentHash, captureHash }: KeptPage) =>
          store.pages.keepDraftPage({ contentHash, captureHash, personHash })
        const sealed = await sealer.sealPage(path, record)
        const { contentHash, captureHash } = sealed
        count(bytes + sealed.bytes)
        return { contentHash, captureHash }
      }).catch((error: unknown) => {
        parts.onTrouble(error)
        throw error
      }),
    draftPages: (personHash) => store.pages.draftPages(personHash),
    discard: (path) => void rm(path, { force: true }),
    forget(contentHashes) {
      if (contentHashes.length === 0) return
      store.pages.dropDraftPages(contentHashes)
      void inTurn(() => unlessDiskFails(() => shelf.removeAllBut(store.pages.namedPages())))
    },
    tidy: () =>
      inTurn(() =>
        unlessDiskFails(async () => {
          store.pages.expireDraftPages(parts.runningMs() - config.timeouts.keptPagesMs)
          await shelf.removeAllBut(store.pages.namedPages())
          count(await shelf.bytes())
        }),
      ),
    async stop() {
      await turn
      await work.close()
      folder.remove()
    },
  }
  return { ok: true, pages }
}
