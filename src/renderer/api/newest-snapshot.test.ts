import { describe, expect, it } from 'vitest'
import { exampleSnapshot } from '../../contract/examples/example-snapshot.ts'
import { newestSnapshot } from './newest-snapshot.ts'

const at = (revision: number, coreId = 'one') =>
  exampleSnapshot({ name: 'notice' }, { revision, coreId })

describe('newestSnapshot', () => {
  it('takes the first, then higher revisions only', () => {
    expect(newestSnapshot(undefined, at(5)).revision).toBe(5)
    expect(newestSnapshot(at(5), at(6)).revision).toBe(6)
    expect(newestSnapshot(at(6), at(5)).revision).toBe(6)
  })

  it('takes any revision of a core that has started anew', () => {
    expect(newestSnapshot(at(99, 'one'), at(1, 'two')).coreId).toBe('two')
  })
})
