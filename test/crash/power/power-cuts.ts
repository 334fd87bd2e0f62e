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

export interface PowerCutOptions {
  readonly seed: number
  readonly dossiers: number
  /** At most; spread by chance over all calls. Without: at every call. */
  readonly cuts?: number
  /** Takes a call away before the disk sees it: for a test of this test. */
  readonly unless?: (call: DiskCall) => boolean
}

/**
 * Power cuts, not only killed processes: what was not flushed is lost. A program runs once through several
 * dossiers by the store's and journal's own code, with real SQLite, under strace(1). Its writes, renames and
 * flushes are then played to a disk that forgets; at a cut, what that disk still has is laid out as files, the
 * store starts on them, and everything that the world had seen by then (slips, pulses, receipts) must be there.
 */
export async function cutPower(options: PowerCutOptions): Promise<PowerCuts> {
  const folder = makeFastFolder('power-cut')
  try {
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    const all = await recordCalls(folder, options.seed, options.dossiers)
    const calls = options.unless ? all.filter((call) => !options.unless?.(call)) : all
    const chance = chanceOf(options.seed)
    const share = options.cuts === undefined ? 1 : options.cuts / calls.length
    const model = createForgetfulDisk(disk)
    const { worldFile } = diskFolders(disk)
    const world: WorldEvent[] = []
    const verdict: string[] = []
    let cuts = 0
    for (const [index, call] of calls.entries()) {
      if (call.path === worldFile) {
        if (call.call === 'write') world.push(JSON.parse(String(call.bytes)) as WorldEvent)
      } else model.apply(call)
      if (!chance.happens(share)) continue
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
