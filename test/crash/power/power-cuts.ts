import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { chanceOf } from '../random/chance.ts'
import { makeFastFolder } from '../random/fast-folder.ts'
import { createForgetfulDisk } from './forgetful-disk.ts'
import { judgeCut } from './judge-cut.ts'
import type { DiskCall } from './parse-calls.ts'
import { recordCalls } from './record-calls.ts'
import { diskFolders, type WorldEvent } from './world-event.ts'

export interface PowerCuts {
  /** What went wrong, with the call after which the power was cut. */
  readonly verdict: readonly string[]
  readonly calls: number
  readonly cuts: number
  readonly flushes: number
}

/** What one run asked of its disk. */
export interface PowerRun {
  readonly seed: number
  readonly disk: string
  readonly calls: readonly DiskCall[]
}

export interface PowerCutOptions {
  /** At most; spread by chance. Without: at every call. */
  readonly cuts?: number
  /** Takes calls away before the disk sees them, and cuts soon after them only: for a test of this test. */
  readonly without?: (call: DiskCall) => boolean
}

/** What was not flushed is, some calls later, by another flush. */
const soon = 40

/** Runs the program once under strace(1). */
export async function recordRun(seed: number, dossiers: number): Promise<PowerRun> {
  const folder = makeFastFolder('power-run')
  try {
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    return { seed, disk, calls: await recordCalls(folder, seed, dossiers) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Power cuts, not only killed processes: what was not flushed is lost. A program runs once through several dossiers
 * by the own code of store, journal, shelf, backups and marks, with real SQLite. Its writes, renames and flushes are
 * played to a disk that forgets; at a cut, what that disk still has is laid out as files, the store starts on them,
 * and everything that the world had seen by then (slips, pulses, pages, receipts, backups) must be there.
 */
export async function cutPower(
  { seed, disk, calls: all }: PowerRun,
  options: PowerCutOptions = {},
): Promise<PowerCuts> {
  const folder = makeFastFolder('power-cut')
  try {
    const { calls, places } = callsAndPlaces(all, options.without)
    const chance = chanceOf(seed)
    const share = options.cuts === undefined ? 1 : options.cuts / places.size
    const model = createForgetfulDisk(disk)
    const { worldFile } = diskFolders(disk)
    const world: WorldEvent[] = []
    const verdict: string[] = []
    let cuts = 0
    for (const [index, call] of calls.entries()) {
      if (call.path === worldFile) {
        if (call.call === 'write') world.push(JSON.parse(String(call.bytes)) as WorldEvent)
      } else model.apply(call)
      if (!places.has(index) || !chance.happens(share)) continue
      cuts += 1
      const left = join(folder, 'left')
      mkdirSync(left)
      model.cutPower(chance, left)
      const wrong = await judgeCut(left, world).catch((error: unknown) => [String(error)])
      verdict.push(...wrong.map((what) => `after call ${index} (${call.call}): ${what}`))
      rmSync(left, { recursive: true, force: true })
    }
    const flushes = calls.filter(({ call }) => call === 'fsync').length
    return { verdict, calls: calls.length, cuts, flushes }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What reaches the disk, and after which of it the power may be cut. */
function callsAndPlaces(all: readonly DiskCall[], without: PowerCutOptions['without']) {
  if (without === undefined) return { calls: all, places: new Set(all.keys()) }
  const calls: DiskCall[] = []
  const places = new Set<number>()
  for (const call of all) {
    if (!without(call)) calls.push(call)
    else for (let one = 0; one < soon; one += 1) places.add(calls.length + one)
  }
  return { calls, places }
}
