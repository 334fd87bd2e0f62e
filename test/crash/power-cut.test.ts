import { beforeAll, expect, it } from 'vitest'
import type { DiskCall } from './power/parse-calls.ts'
import { cutPower, type PowerRun, recordRun } from './power/power-cuts.ts'

let run: PowerRun
beforeAll(async () => {
  run = await recordRun(1, 3)
})

/** Some cuts; `npm run test:crash` cuts at every call of longer runs. */
it('has all that the world saw after a power cut', async () => {
  const { verdict, cuts, flushes } = await cutPower(run, { cuts: 80 })
  expect(verdict).toEqual([])
  expect(cuts).toBeGreaterThan(30)
  expect(flushes).toBeGreaterThan(30)
})

it('writes the last entry of a journal anew at each start: its flush may have failed', () => {
  const ofJournal = run.calls.filter(({ path }) => path.endsWith('journal.log'))
  const starts = ofJournal.flatMap((call, index) =>
    call.call === 'truncate' && call.length > 0 ? [{ ...call, next: ofJournal[index + 1] }] : [],
  )
  expect(starts.length).toBeGreaterThan(0)
  for (const { length, next } of starts) {
    const end = next?.call === 'write' && Number(next.offset) + next.bytes.length
    expect(end).toBe(length)
  }
})

it.each([
  ['of the WAL', /-wal$/, 'the database counts as OLDER'],
  ['of the journal', /journal\.log$/, 'a slip not in the journal'],
  ['of the pruned journal', /\.journal\.log\..*tmp$/, 'a slip not in the journal'],
  ['of the folder', /\/data$/, 'the database counts as MISSING'],
  ['of the running clock', /running-time/, 'the running clock went back'],
  ['of a page', /\.age\..*tmp$/, 'a page is not whole'],
  ['of the shelf', /\/pages$/, 'a row without its page'],
  ["of a page's receipt", /receipt\.json\..*tmp$/, 'receipt is not whole'],
  ['of a backup', /backups\/\.unfinished/, 'a backup is not whole'],
  ['of the folder of backups', /\/backups$/, 'a backup has gone'],
  ['of the copy on the second path', /second\/\.unfinished/, 'a backup is not whole'],
  ['of the second path', /\/second$/, 'a backup has gone'],
])('finds a flush %s that is missing', async (_, path, found) => {
  const isMissing = (call: DiskCall) => call.call === 'fsync' && path.test(call.path)
  const { verdict } = await cutPower(run, { cuts: 60, without: isMissing })
  expect(verdict.join('\n')).toContain(found)
})
