import { afterAll, describe, it } from 'vitest'
import { changingCalls } from './disk/calls-of-a-day.ts'
import { expectStart } from './disk/expect-start.ts'
import { openStartBench } from './disk/start-calls.ts'

const bench = await openStartBench()
const calls = await bench.calls()
afterAll(() => bench.remove())

describe.each(['once', 'for good'] as const)('an I/O error %s at a start', (how) => {
  it.each(calls)('$call of $file', (one) => expectStart(bench, one, how))
})

const changing = calls.filter(({ call }) => changingCalls.includes(call))

describe.each(['ENOSPC', 'EDQUOT'] as const)('%s at a start', (error) => {
  it.each(changing)('$call of $file', (one) => expectStart(bench, one, 'for good', error))
})
