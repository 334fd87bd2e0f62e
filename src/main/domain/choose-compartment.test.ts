import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type CompartmentCandidate,
  chooseCompartment,
  countFreeCompartments,
} from './choose-compartment.ts'
import { compartmentStates } from './compartment.ts'

const free = (number: number, more: Partial<CompartmentCandidate> = {}): CompartmentCandidate => ({
  number,
  kind: 'drop',
  size: 'small',
  heightMm: 1_000,
  row: number,
  column: 1,
  hasItemSensor: true,
  state: 'empty',
  sensors: { door: 'closed', item: 'absent' },
  ...more,
})
const need = { kind: 'drop', size: 'small' } as const

test('the smallest that fits, then the lowest number', () => {
  const all = [free(1, { size: 'large' }), free(3), free(2)]
  expect(chooseCompartment(all, need)).toBe(2)
  expect(chooseCompartment(all, { ...need, size: 'large' })).toBe(1)
  expect(chooseCompartment(all.slice(0, 1), need)).toBe(1)
  expect(chooseCompartment([free(2)], { ...need, size: 'large' })).toBeUndefined()
})

test('in reach mode a larger one in reach comes before a smaller one out of reach', () => {
  const all = [free(1, { heightMm: 1_500 }), free(2, { size: 'large' })]
  expect(chooseCompartment(all, { ...need, reachMm: 1_120 })).toBe(2)
  expect(chooseCompartment(all, need)).toBe(1)
  expect(chooseCompartment(all.slice(0, 1), { ...need, reachMm: 1_120 })).toBe(1)
})

test('what belongs to one person lies side by side, where that costs no larger door', () => {
  const all = [free(1), free(2), free(6), free(7, { size: 'large' }), free(8, { state: 'stocked' })]
  expect(chooseCompartment(all, { ...need, near: [8] })).toBe(6)
  expect(chooseCompartment(all, { ...need, near: [8, 3] })).toBe(6)
  const wide = [
    free(1),
    free(2, { row: 1, column: 3 }),
    free(3, { row: 1, column: 4, state: 'stocked' }),
  ]
  expect(chooseCompartment(wide, { ...need, near: [3] })).toBe(2)
})

test('one that jammed is not offered again', () => {
  expect(chooseCompartment([free(1), free(2)], { ...need, not: [1] })).toBe(2)
})

test('what is chosen is free on record and seen closed and empty', () => {
  const candidate = fc.record({
    number: fc.nat(50),
    kind: fc.constantFrom('drop', 'result'),
    size: fc.constantFrom('small', 'large'),
    heightMm: fc.nat(2_000),
    row: fc.nat(10),
    column: fc.nat(10),
    hasItemSensor: fc.boolean(),
    state: fc.constantFrom(...compartmentStates),
    sensors: fc.record({
      door: fc.constantFrom('open', 'closed', 'unknown'),
      item: fc.constantFrom('present', 'absent', 'unknown'),
    }),
  })
  const unique = fc.uniqueArray(candidate, { selector: ({ number }) => number, maxLength: 40 })
  fc.assert(
    fc.property(unique, fc.constantFrom('small', 'large'), (all, size) => {
      const chosen = chooseCompartment(all, { ...need, size })
      expect(chosen === undefined).toBe(countFreeCompartments(all, { ...need, size }) === 0)
      if (chosen === undefined) return
      expect(all.find(({ number }) => number === chosen)).toMatchObject({
        kind: 'drop',
        state: 'empty',
        hasItemSensor: true,
        sensors: { door: 'closed', item: 'absent' },
      })
    }),
    { numRuns: 500 },
  )
})
