import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { DiskCall } from './power/parse-calls.ts'
import { cutPower } from './power/power-cuts.ts'
import { recordCalls } from './power/record-calls.ts'
import { makeFastFolder } from './random/fast-folder.ts'

/** Some cuts; `npm run test:crash` cuts at every call of longer runs. */
it('has all that the world saw after a power cut', async () => {
  const { verdict, cuts, flushes } = await cutPower({ seed: 1, dossiers: 3, cuts: 60 })
  expect(verdict).toEqual([])
  expect(cuts).toBeGreaterThan(30)
  expect(flushes).toBeGreaterThan(30)
})

it('writes the last entry of a journal anew at each start: its flush may have failed', async () => {
  const folder = makeFastFolder('journal-calls')
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'disk'))
  const calls = await recordCalls(folder, 1, 6)
  const ofJournal = calls.filter(({ path }) => path.endsWith('journal.log'))
  const starts = ofJournal.flatMap((call, index) =>
    call.call === 'truncate' && call.length > 0 ? [{ ...call, next: ofJournal[index + 1] }] : [],
  )
  expect(starts.length).toBeGreaterThan(0)
  for (const { length, next } of starts) {
    const end = next?.call === 'write' && Number(next.offset) + next.bytes.length
    expect(end).toBe(length)
  }
})

const isFlushOf = (end: string) => (call: DiskCall) =>
  call.call === 'fsync' && call.path.endsWith(end)

it.each([
  ['of the WAL', '-wal', 'the database counts as OLDER'],
  ['of the journal', 'journal.log', 'a slip not in the journal'],
  ['of the folder', '/data', 'the database counts as MISSING'],
  ['of a durable file', '.tmp', 'a durable file is not whole'],
])('finds a flush %s that is missing', async (_, end, found) => {
  const { verdict } = await cutPower({ seed: 1, dossiers: 2, cuts: 15, unless: isFlushOf(end) })
  expect(verdict.join('\n')).toContain(found)
})
