import { afterAll, beforeAll, describe, it } from 'vitest'
import {
  fullCases,
  runFullCase,
  type SmallMachine,
  startSmallMachine,
} from './disk/run-full-case.ts'

describe('a real disk that is full from one write of a day on', () => {
  let small: SmallMachine
  beforeAll(async () => {
    small = await startSmallMachine()
  }, 60_000)
  afterAll(() => small?.stop())

  it.each(fullCases())('$at: no $of', (one) => runFullCase(small, one))
})
