import { afterAll, beforeAll, describe, it } from 'vitest'
import {
  fullCases,
  runFullCase,
  type SmallMachine,
  startSmallMachine,
} from './disk/run-full-case.ts'
import { someOf } from './kill-cases.ts'

const seed = Number(process.env.KILL_SEED ?? 20_260_301)

/** A page of a scan and one more; `npm run test:crash` runs every case. Moments of a journey: test/store/full-disk.test.ts */
describe(`a real disk that is full in the middle of a day (seed ${seed})`, () => {
  let small: SmallMachine
  beforeAll(async () => {
    small = await startSmallMachine()
  }, 60_000)
  afterAll(() => small?.stop())

  const page = 'before|scanSaving|write:file'
  const commits = fullCases().filter(({ at }) => at.includes('|commit:'))
  const chosen = someOf(
    commits.map(({ at }) => at),
    1,
    seed,
  )
  it.each([
    { at: page, of: 'space' as const },
    { at: page, of: 'files' as const },
    ...commits.filter(({ at }) => chosen.includes(at)),
  ])('$at: no $of', (one) => runFullCase(small, one))
})
