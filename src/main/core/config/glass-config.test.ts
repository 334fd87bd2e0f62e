import { expect, it } from 'vitest'
import { glassConfigSchema, shareAboveReach } from './glass-config.ts'

it.each([
  ['upright', { bottomMm: 780, heightMm: 598 }, 0.431],
  ['lying', { bottomMm: 900, heightMm: 336 }, 0.345],
  ['hung so low that all of it is in reach', { bottomMm: 500, heightMm: 598 }, 0],
  ['hung so high that none of it is', { bottomMm: 1_300, heightMm: 336 }, 1],
])('a panel %s', (_, glass, share) => {
  expect(shareAboveReach(glassConfigSchema.parse(glass))).toBeCloseTo(share, 3)
})
