import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Outcome, ScannedPage, ScanOptions } from '../contract.ts'
import { readPageLine, type ScanRun, scanArguments } from '../protocols/scanimage/command-line.ts'
import { runEnd } from '../protocols/scanimage/run-end.ts'
import { readStderrLine, type Said } from '../protocols/scanimage/status-text.ts'
import type { OutputStream } from '../transport/process.ts'
import { startProcess } from '../transport/process.ts'
import { defaultSaneTimings, type SaneScannerOptions } from './sane-options.ts'
import { type WatchedRun, watchedRun } from './watched-run.ts'

export type SaneJobOutcome = Outcome<{ readonly pages: number }>

export interface SaneJob {
  interrupt(): void
  readonly outcome: Promise<SaneJobOutcome>
}

/** One `scanimage` batch: pages are told as they are complete, then what the end of it means. */
export function saneJob(
  scanner: SaneScannerOptions,
  options: ScanOptions,
  tell: {
    readonly onPage: (page: ScannedPage) => void
    readonly onLine: (stream: OutputStream, line: string) => void
  },
  prefix: string,
): SaneJob {
  const { folder, maxPages, resolutionDpi } = options
  const run: ScanRun = { folder, prefix, maxPages, resolutionDpi }
  let pages = 0
  const said: Said[] = []
  let interrupted = false

  const process: WatchedRun = watchedRun({
    start: scanner.start ?? startProcess,
    process: {
      command: scanner.command,
      args: scanArguments(scanner.profile, run),
      environment: scanner.environment ?? {},
    },
    clock: scanner.clock,
    timings: { ...defaultSaneTimings, ...scanner },
    // Not by `--progress`: a backend that lost its device spins and prints the same percentage for ever.
    progress: () => bytesWritten(folder, prefix),
    onLine(stream, line) {
      tell.onLine(stream, line)
      if (stream === 'stderr') {
        const word = readStderrLine(line)
        if (word !== undefined) said.push(word)
        if (word?.said === 'batchEnded') process.expectEnd()
        return
      }
      if (readPageLine(line, run) === undefined) return
      pages += 1
      tell.onPage({ number: pages, path: line, atMs: scanner.clock.monotonicMs() })
    },
  })

  const finish = async (): Promise<SaneJobOutcome> => {
    const { end, silenced, killed } = await process.ended
    await removeParts(folder, prefix)
    if (end.end === 'notStarted') return { outcome: 'refused', reason: end.reason }
    // All was said before it hung or died while it cleaned up.
    const isToldInFull = said.some((word) => word.said === 'batchEnded')
    if (!isToldInFull) {
      if (silenced) return { outcome: 'unknown', reason: 'SCANNER_SILENT' }
      // Killed after a cancel: where the sheet stopped, nobody saw.
      if (killed) return { outcome: 'unknown', reason: 'SCAN_CANCELLED' }
      if (end.end === 'signal') {
        return { outcome: 'unknown', reason: interrupted ? 'SCAN_CANCELLED' : 'SCANNER_ERROR' }
      }
    }
    const code = end.end === 'exit' && !silenced ? end.code : 0
    const meaning = runEnd(code, pages, said)
    switch (meaning.end) {
      case 'fed':
        return { outcome: 'done', value: { pages } }
      case 'nothingMoved':
        return { outcome: 'refused', reason: meaning.reason }
      case 'stopped':
        return { outcome: 'failed', reason: interrupted ? 'SCAN_CANCELLED' : meaning.reason }
      case 'unclear':
        return { outcome: 'unknown', reason: meaning.reason }
      default:
        return meaning satisfies never
    }
  }

  return {
    interrupt() {
      interrupted = true
      process.interrupt()
    },
    outcome: finish(),
  }
}

/** Grows as long as image data arrives, also within a page. */
async function bytesWritten(folder: string, prefix: string): Promise<string> {
  const names = (await readdir(folder).catch((): string[] => [])).filter((name) =>
    name.startsWith(prefix),
  )
  const sizes = await Promise.all(
    names.map(async (name) => (await stat(join(folder, name)).catch(() => undefined))?.size ?? 0),
  )
  return `${names.length} ${sizes.reduce((sum, size) => sum + size, 0)}`
}

/** What a run that was cut off left half-written: a part of somebody's paper, never a page. */
async function removeParts(folder: string, prefix: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => [])
  const parts = names.filter((name) => name.startsWith(prefix) && name.endsWith('.part'))
  await Promise.all(parts.map((name) => rm(join(folder, name), { force: true })))
}

/** Pages need a folder; scanimage would say so only after a sheet was drawn in. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  )
}
