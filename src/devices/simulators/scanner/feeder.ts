import type { PhysicalLog } from '../base/physical-log.ts'
import type { FeederSwitches } from './device-options.ts'
import { type SaneStatus, saneStatus } from './sane-status.ts'
import type { SheetDescription } from './sheet-description.ts'

/** How the next sheets go: so many well, then one that does not. */
interface Trouble {
  kind: 'jam' | 'doubleFeed'
  afterSheets: number
}

export interface DrawnIn {
  readonly sheet: SheetDescription
  /** It goes wrong half way. */
  readonly trouble: Trouble['kind'] | undefined
}

/** The mechanics: a stack of sheets, rollers, a cover. What happens is written down as it happens. */
export interface Feeder {
  insert(sheets: readonly SheetDescription[]): void
  /** What still lies in the feeder goes back into somebody's hand. */
  takeOut(): number
  openCover(open: boolean): void
  /** A person opens the cover, pulls the stuck sheet out and shuts it again. */
  clearJam(): void
  trouble(kind: Trouble['kind'], afterSheets: number): void
  /** Draws the next sheet in, or says why not. */
  drawIn(): DrawnIn | SaneStatus
  /** The sheet under the rollers came out behind. */
  deliver(): void
  /** It stopped half way: by a fault, or because nobody wanted it any more. */
  stop(reason: 'jam' | 'doubleFeed' | 'interrupted'): void
  switches(): FeederSwitches
  state(): Readonly<Record<string, unknown>>
}

export function feeder(log: PhysicalLog): Feeder {
  let stack: SheetDescription[] = []
  let moving: SheetDescription | undefined
  let stuck: SheetDescription | undefined
  let wasDouble = false
  let coverOpen = false
  let trouble: Trouble | undefined
  let delivered = 0

  return {
    insert(sheets) {
      stack.push(...sheets)
      log.append('paperInserted', { sheets: sheets.length, inFeeder: stack.length })
    },
    takeOut() {
      const taken = stack.length
      stack = []
      if (taken > 0) log.append('paperTakenOut', { sheets: taken })
      return taken
    },
    openCover(open) {
      if (open === coverOpen) return
      coverOpen = open
      log.append(open ? 'coverOpened' : 'coverClosed')
    },
    clearJam() {
      if (stuck === undefined) throw new Error('no sheet is stuck')
      log.append('coverOpened')
      log.append('stuckSheetRemoved')
      log.append('coverClosed')
      stuck = undefined
      wasDouble = false
      coverOpen = false
    },
    trouble(kind, afterSheets) {
      trouble = { kind, afterSheets }
    },
    drawIn() {
      if (coverOpen) return saneStatus.coverOpen
      if (stuck !== undefined || moving !== undefined) return saneStatus.jammed
      const sheet = stack.shift()
      if (sheet === undefined) return saneStatus.noDocuments
      moving = sheet
      log.append('sheetDrawnIn', { inFeeder: stack.length })
      if (trouble === undefined) return { sheet, trouble: undefined }
      trouble.afterSheets -= 1
      if (trouble.afterSheets >= 0) return { sheet, trouble: undefined }
      const { kind } = trouble
      trouble = undefined
      return { sheet, trouble: kind }
    },
    deliver() {
      if (moving === undefined) return
      moving = undefined
      delivered += 1
      log.append('sheetDelivered', { delivered })
    },
    stop(reason) {
      if (moving === undefined) return
      const sheet = moving
      moving = undefined
      if (reason === 'interrupted') {
        // Rollers that stop by command let the sheet run out.
        delivered += 1
        log.append('sheetDelivered', { delivered, interrupted: true })
        return
      }
      stuck = sheet
      wasDouble = reason === 'doubleFeed'
      log.append(reason === 'jam' ? 'sheetJammed' : 'sheetsFedTogether')
    },
    switches: () => ({
      pageLoaded: stack.length > 0 || stuck !== undefined || moving !== undefined,
      coverOpen,
      doubleFeed: wasDouble,
    }),
    state: () => ({
      inFeeder: stack.length,
      stuck: stuck !== undefined,
      coverOpen,
      delivered,
    }),
  }
}
