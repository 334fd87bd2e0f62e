import { describe, expect, it } from 'vitest'
import { screenNames, screenSchema } from '../screen.ts'
import { snapshotSchema } from '../snapshot.ts'
import { exampleScreens } from './example-screens.ts'
import { exampleSnapshot } from './example-snapshot.ts'

describe('example screens', () => {
  it('show every screen that exists', () => {
    const shown = new Set(Object.values(exampleScreens).map((screen) => screen.name))
    expect([...shown].sort()).toEqual([...screenNames].sort())
  })

  it.each(Object.entries(exampleScreens))('%s is what the contract allows', (_, screen) => {
    expect(screenSchema.parse(screen)).toEqual(screen)
    expect(() => snapshotSchema.parse(exampleSnapshot(screen))).not.toThrow()
  })
})
