import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PhysicalLog } from '../base/physical-log.ts'
import { paperStrip } from './paper-strip.ts'

/** A piece of paper that left the printer. */
export interface PrintedPiece {
  readonly png: string
  readonly heightDots: number
  /** False for what was torn off or cut in the middle of a slip. */
  readonly complete: boolean
  taken: boolean
}

export interface ExitTray {
  print(row: Uint8Array): void
  hangingRows(): number
  /** What hangs will not become a whole slip any more. */
  spoil(): void
  /** The knife has come down. */
  cut(): void
  /** What hangs comes off without the knife: torn, or the end of the roll fell out. */
  tearOff(): void
  /** A person takes what lies there. */
  take(): void
  pieces(): readonly PrintedPiece[]
  /** Picture of what still hangs, if anything does. */
  hangingPng(): string | undefined
}

/** Keeps what comes out, one PNG a piece, and writes it into the physical log. */
export function exitTray(options: {
  readonly folder: string
  readonly widthDots: number
  readonly log: PhysicalLog
}): ExitTray {
  const { folder, widthDots, log } = options
  mkdirSync(folder, { recursive: true })
  const strip = paperStrip(widthDots)
  const pieces: PrintedPiece[] = []
  // A simulator that starts again does not overwrite what an earlier one printed.
  let number = readdirSync(folder).filter((name) => /^slip-\d+\.png$/.test(name)).length
  let spoiled = false

  const release = (): void => {
    const heightDots = strip.heightDots()
    if (heightDots === 0) return
    number += 1
    const png = join(folder, `slip-${String(number).padStart(4, '0')}.png`)
    writeFileSync(png, strip.png())
    const piece: PrintedPiece = { png, heightDots, complete: !spoiled, taken: false }
    pieces.push(piece)
    log.append(piece.complete ? 'printed' : 'partialSlip', { png, heightDots, widthDots })
    strip.clear()
    spoiled = false
  }

  return {
    print: strip.print,
    hangingRows: strip.heightDots,
    spoil() {
      if (strip.heightDots() > 0) spoiled = true
    },
    cut() {
      release()
      log.append('cut')
    },
    tearOff() {
      if (strip.heightDots() > 0) spoiled = true
      release()
    },
    take() {
      for (const piece of pieces) {
        if (piece.taken) continue
        piece.taken = true
        log.append('slipTaken', { png: piece.png, complete: piece.complete })
      }
    },
    pieces: () => pieces,
    hangingPng() {
      if (strip.heightDots() === 0) return undefined
      const png = join(folder, 'hanging.png')
      writeFileSync(png, strip.png())
      return png
    },
  }
}
