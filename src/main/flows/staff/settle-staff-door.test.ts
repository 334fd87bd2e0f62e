import { describe, expect, it } from 'vitest'
import type { DoorVisitOutput } from '../door-visit.ts'
import { settleEmptying, settleStocking } from './settle-staff-door.ts'

const items = ['present', 'absent', 'unknown'] as const
const doors: readonly DoorVisitOutput[] = [
  ...items.flatMap((item): DoorVisitOutput[] => [
    { result: 'closed', item, seenOpen: true },
    { result: 'notOpened', item },
    { result: 'leftOpen', item },
  ]),
  { result: 'refused', reason: 'BUS_SILENT' },
  { result: 'unknown', reason: 'BUS_SILENT' },
]
const bags = ['scanned', 'missing', 'open'] as const

describe('an emptied compartment', () => {
  it.each(doors)(
    'takes no bag off the list that is seen inside or not accounted for: %o',
    (door) => {
      for (const bag of bags) {
        const { record, mark } = settleEmptying({ door, bag })
        const seenInside = 'item' in door && door.item === 'present'
        if (seenInside || bag === 'open') expect(['stillInside', 'nothing']).toContain(record)
        // A door that nobody saw closing is not used again.
        const endsFree = record === 'collected' || record === 'missing'
        if (endsFree && door.result !== 'closed') expect(mark?.state).toBe('suspect')
      }
    },
  )

  it('is in doubt when a bag in the hand still seems to lie inside', () => {
    const door = { result: 'closed', item: 'present', seenOpen: true } as const
    expect(settleEmptying({ door, bag: 'scanned' })).toEqual({
      record: 'nothing',
      mark: { state: 'suspect', reason: 'ITEM_SENSOR_SUSPECT' },
      problem: undefined,
    })
  })

  it('is as before when the lock had no pulse', () => {
    const door = { result: 'refused', reason: 'BUS_SILENT' } as const
    expect(settleEmptying({ door, bag: 'open' })).toEqual({
      record: 'stillInside',
      mark: undefined,
      problem: 'doorJammed',
    })
  })
})

describe('a stocked compartment', () => {
  it.each(doors)('mints a right only for an envelope seen behind a closed door: %o', (door) => {
    for (const wasUnknown of [true, false]) {
      const stocked = settleStocking(door, wasUnknown).record === 'stocked'
      expect(stocked).toBe(door.result === 'closed' && door.item === 'present')
    }
  })

  it.each(doors)('is given back only when seen empty, or shut all the time: %o', (door) => {
    const { record } = settleStocking(door, false)
    if (record !== 'notStocked' && record !== 'doorSuspect') return
    expect(door.result === 'refused' || ('item' in door && door.item === 'absent')).toBe(true)
    expect(door.result === 'leftOpen').toBe(false)
  })

  it('stays unknown when it was, unless the closed door tells', () => {
    for (const door of doors) {
      if (door.result === 'closed' && door.item !== 'unknown') continue
      expect(settleStocking(door, true)).toMatchObject({
        record: 'nothing',
        mark: { state: 'unknown' },
      })
    }
  })
})
