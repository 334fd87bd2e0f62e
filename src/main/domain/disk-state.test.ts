import { expect, it } from 'vitest'
import { type DiskState, diskReason, diskState } from './disk-state.ts'

const limits = { lowBytes: 500, fullBytes: 100 }

it.each<[number, number | null, DiskState, DiskState]>([
  [500, null, 'good', 'good'],
  [499, null, 'good', 'low'],
  [100, null, 'good', 'low'],
  [99, null, 'good', 'full'],
  [105, null, 'low', 'low'],
  [105, null, 'full', 'full'],
  [110, null, 'full', 'low'],
  [520, null, 'low', 'low'],
  [520, null, 'full', 'low'],
  [550, null, 'low', 'good'],
  [9_999, 2_000, 'good', 'good'],
  [9_999, 1_999, 'good', 'low'],
  [9_999, 499, 'good', 'full'],
  [9_999, 549, 'full', 'full'],
  [9_999, 550, 'full', 'low'],
])('%d bytes and %s files after %s are %s', (freeBytes, freeFiles, before, expected) => {
  expect(diskState({ freeBytes, freeFiles }, limits, before)).toBe(expected)
})

it('has a reason when it is not good', () => {
  expect((['good', 'low', 'full'] as const).map(diskReason)).toEqual([
    undefined,
    'DISK_LOW',
    'DISK_FULL',
  ])
})
