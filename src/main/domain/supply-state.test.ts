import { expect, it } from 'vitest'
import { lowReason, supplyState } from './supply-state.ts'

it.each([
  [null, 'uncounted'],
  [11, 'good'],
  [10, 'low'],
  [1, 'low'],
  [0, 'empty'],
] as const)('%s left of ten that are few: %s', (left, state) => {
  expect(supplyState({ supply: 'bags', left, capacity: 100, lowAt: 10 })).toBe(state)
})

it('never says that there is no paper: the printer knows', () => {
  expect([lowReason('bags', 'low'), lowReason('bags', 'empty')]).toEqual(['BAGS_LOW', 'NO_BAGS'])
  expect([lowReason('paper', 'low'), lowReason('paper', 'empty')]).toEqual([
    'PAPER_LOW',
    'PAPER_LOW',
  ])
})
