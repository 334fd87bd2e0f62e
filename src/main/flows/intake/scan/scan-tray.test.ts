import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isSettled,
  moved,
  pageIn,
  pageViews,
  put,
  type Tray,
  type TrayPage,
  without,
} from './scan-tray.ts'

const page = (number: number): TrayPage => ({
  pageId: `page-${number}`,
  state: 'shown',
  hints: [],
  path: `/memory/${number}.jpg`,
})
const ids = (tray: Tray) => tray.map(({ pageId }) => pageId)

const step = fc.oneof(
  fc.record({ do: fc.constant('put' as const), replacing: fc.option(fc.nat(9)) }),
  fc.record({ do: fc.constant('without' as const), of: fc.nat(9) }),
  fc.record({
    do: fc.constant('move' as const),
    of: fc.nat(9),
    to: fc.constantFrom('earlier' as const, 'later' as const),
  }),
)

describe('the tray', () => {
  it('never loses, doubles or invents a page, whatever is done to it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let tray: Tray = []
        let wanted = new Set<string>()
        let count = 0
        for (const one of steps) {
          const target = (index: number) => ids(tray)[index] ?? 'page-none'
          if (one.do === 'put') {
            count += 1
            const replacing = one.replacing === null ? undefined : target(one.replacing)
            wanted = new Set([...wanted].filter((id) => id !== replacing)).add(`page-${count}`)
            tray = put(tray, page(count), replacing)
          } else if (one.do === 'without') {
            wanted.delete(target(one.of))
            tray = without(tray, target(one.of))
          } else tray = moved(tray, target(one.of), one.to)
          expect(ids(tray)).toHaveLength(wanted.size)
          expect(new Set(ids(tray))).toEqual(wanted)
          expect(pageViews(tray).map(({ number }) => number)).toEqual(tray.map((_, at) => at + 1))
        }
      }),
    )
  })

  it('moves a page one place, and at the ends nowhere', () => {
    const tray: Tray = [page(1), page(2), page(3)]
    expect(ids(moved(tray, 'page-3', 'earlier'))).toEqual(['page-1', 'page-3', 'page-2'])
    expect(moved(tray, 'page-1', 'earlier')).toBe(tray)
    expect(moved(tray, 'page-3', 'later')).toBe(tray)
  })

  it('puts a page in the place of another', () => {
    const tray = put([page(1), page(2)], page(3), 'page-1')
    expect(ids(tray)).toEqual(['page-3', 'page-2'])
    expect(pageIn(tray, 'page-1')).toBeUndefined()
  })

  it('is settled when no page is still being looked at', () => {
    expect(isSettled([])).toBe(false)
    expect(isSettled([page(1)])).toBe(true)
    expect(isSettled([page(1), { ...page(2), state: 'arriving', path: '/memory/2.jpg' }])).toBe(
      false,
    )
  })
})
