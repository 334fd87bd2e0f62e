import { expect, it } from 'vitest'
import type { ReasonCode } from '../../../contract/faults.ts'
import type { DiskReading } from '../../domain/disk-state.ts'
import { createDiskWatch } from './disk-watch.ts'

function bench() {
  const readings = new Map<string, DiskReading | Error>()
  const told: (readonly [ReasonCode | null, ReasonCode | null])[] = []
  const ballast: string[] = []
  const watch = createDiskWatch({
    folders: ['data', 'journal'],
    limits: { lowBytes: 500, fullBytes: 100 },
    everyMs: 10,
    async read(folder) {
      const reading = readings.get(folder) ?? { freeBytes: 9_999, freeFiles: null }
      if (reading instanceof Error) throw reading
      return reading
    },
    ballast: {
      releaseIfEmpty: () => ballast.push('release') > 0,
      restore: async () => void ballast.push('restore'),
    },
    setTimer: () => () => {},
    onChange: (now, before) => told.push([now, before]),
  })
  const free = (folder: string, freeBytes: number, freeFiles: number | null = null) =>
    readings.set(folder, { freeBytes, freeFiles })
  return { watch, readings, told, ballast, free }
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
