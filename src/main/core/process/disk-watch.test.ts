import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { ReasonCode } from '../../../contract/faults.ts'
import type { DiskReading } from '../../domain/disk-state.ts'
import type { DiskFault } from '../../store/disk-fault.ts'
import { StoreFault } from '../../store/store-fault.ts'
import { createDiskWatch, tryDisk } from './disk-watch.ts'

function bench(endedLast?: DiskFault) {
  const tries = new Map<string, DiskFault>()
  const readings = new Map<string, DiskReading | Error>()
  const told: (readonly [ReasonCode | null, ReasonCode | null])[] = []
  const ballast: string[] = []
  const refused = { yes: false }
  const watch = createDiskWatch({
    folders: ['data', 'journal'],
    limits: { lowBytes: 500, fullBytes: 100 },
    everyMs: 10,
    async read(folder) {
      const reading = readings.get(folder) ?? { freeBytes: 9_999, freeFiles: null }
      if (reading instanceof Error) throw reading
      return reading
    },
    tries: async (folder) => tries.get(folder),
    endedLast,
    ballast: {
      releaseIfEmpty: () => ballast.push('release') > 0,
      restore: async () => void ballast.push('restore'),
    },
    setTimer: () => () => {},
    onChange: (now, before) => !refused.yes && told.push([now, before]) > 0,
  })
  const free = (folder: string, freeBytes: number, freeFiles: number | null = null) =>
    readings.set(folder, { freeBytes, freeFiles })
  return { watch, readings, tries, told, ballast, free, refused }
}

it('is as good as its worst path, and tells each change once', async () => {
  const { watch, told, free } = bench()
  await watch.look()
  free('journal', 400)
  await watch.look()
  await watch.look()
  expect(watch.report()).toMatchObject({ state: 'needsAttendant', reasons: ['DISK_LOW'] })
  expect(watch.takesIntakeAway()).toBeUndefined()
  free('journal', 50)
  await watch.look()
  expect(watch.takesIntakeAway()).toBe('DISK_FULL')
  free('journal', 9_999)
  await watch.look()
  expect(watch.takesIntakeAway()).toBeUndefined()
  expect(told).toEqual([
    ['DISK_LOW', null],
    ['DISK_FULL', 'DISK_LOW'],
    [null, 'DISK_FULL'],
  ])
})

it('counts files where the file system does', async () => {
  const { watch, free } = bench()
  free('data', 9_999, 100)
  await watch.look()
  expect(watch.report()).toMatchObject({ reasons: ['DISK_FULL'], counters: { freeFiles: 100 } })
})

it('that cannot be asked takes no intake', async () => {
  const { watch, readings } = bench()
  readings.set('data', new Error('EIO'))
  await watch.look()
  expect(watch.report()).toMatchObject({ state: 'broken', reasons: ['DISK_ERROR'] })
  expect(watch.takesIntakeAway()).toBe('DISK_ERROR')

  // The remedy of DISK_ERROR: another disk.
  readings.set('data', { freeBytes: 9_999, freeFiles: null })
  await watch.look()
  expect(watch.report()).toMatchObject({ state: 'online', reasons: [] })
  expect(watch.takesIntakeAway()).toBeUndefined()
})

it('with room on paper that takes no file is full or broken', async () => {
  const { watch, tries } = bench()
  tries.set('data', 'DISK_FULL')
  await watch.look()
  expect(watch.takesIntakeAway()).toBe('DISK_FULL')
  tries.set('journal', 'DISK_ERROR')
  await watch.look()
  expect(watch.report()).toMatchObject({ state: 'broken', reasons: ['DISK_ERROR'] })
  tries.clear()
  await watch.look()
  expect(watch.report()).toMatchObject({ state: 'online', reasons: [] })
})

it('tells what ended the last core, and that it is well again', async () => {
  const { watch, told } = bench('DISK_ERROR')
  await watch.look()
  expect(told).toEqual([
    ['DISK_ERROR', null],
    [null, 'DISK_ERROR'],
  ])
  expect(watch.report()).toMatchObject({ state: 'online', counters: { endedCore: 1 } })
})

it('tells what others came upon, and looks again at once', async () => {
  const { watch, told } = bench()
  await watch.look()
  watch.blame(new Error('no matter of the disk'))
  watch.blame(Object.assign(new Error('write'), { code: 'EIO' }))
  watch.blame(new StoreFault('DISK_ERROR', 'the same once more'))
  await new Promise(setImmediate)
  expect(told).toEqual([
    ['DISK_ERROR', null],
    [null, 'DISK_ERROR'],
  ])
})

it('tells later what could not be written down', async () => {
  const { watch, told, free, refused } = bench()
  refused.yes = true
  free('data', 50)
  await watch.look()
  free('data', 9_999)
  await watch.look()
  expect(told).toEqual([])
  refused.yes = false
  await watch.look()
  expect(told).toEqual([
    ['DISK_FULL', null],
    [null, 'DISK_FULL'],
  ])
})

it('is tried with a real file, which does not stay', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'disk-watch-'))
  expect(await tryDisk(folder)).toBeUndefined()
  expect(readdirSync(folder)).toEqual([])
  rmSync(folder, { recursive: true })
  expect(await tryDisk(folder)).toBe('DISK_ERROR')
})

it('gives the ballast back when it is full and takes it again when there is room', async () => {
  const { watch, ballast, free } = bench()
  free('data', 50)
  await watch.look()
  expect(ballast).toEqual(['release'])
  free('data', 9_999)
  watch.start()
  await new Promise(setImmediate)
  expect(ballast).toEqual(['release', 'restore'])
  watch.stop()
})
