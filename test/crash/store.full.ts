import { describe } from 'vitest'
import { commitEffects } from '../../src/main/store/store-tap.ts'
import { expectKills } from '../../src/main/store/testing/expect-kills.ts'

describe('the store, killed inside each of its commits', () => {
  expectKills(commitEffects)
})
