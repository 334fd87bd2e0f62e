import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { journalFileName, openJournal } from './journal.ts'
import type { StoreTap } from './store-tap.ts'
import { sampleIntakeId, sampleJournalEntry } from './testing/sample.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-forget-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const entry = sampleJournalEntry
const open = (tap?: StoreTap) => openJournal({ folder, now: () => new Date(0), tap })
const these = (...numbers: number[]) => new Set(numbers.map(sampleIntakeId))

async function opened(tap?: StoreTap) {
  const journal = await open(tap)
  for (const number of [1, 2, 3]) await journal.append(entry(number))
  return journal
}

it('takes entries out, and what comes later stands behind the rest', async () => {
  const journal = await opened()
  const [gone] = await Promise.all([journal.forget(these(1, 3)), journal.append(entry(4))])
  expect(gone).toBe(2)
  expect(journal.intakeIds()).toEqual([2, 4].map(sampleIntakeId))
  expect(journal.has(sampleIntakeId(1))).toBe(false)
  expect(await journal.entries()).toEqual([entry(2), entry(4)])
  await journal.close()
  expect(await readFile(join(folder, journalFileName), 'utf8')).not.toContain(sampleIntakeId(1))
  const again = await open()
  expect(await again.entries()).toEqual([entry(2), entry(4)])
  await again.close()
})

it('loses nothing when the disk fails on the way, and appends to the file that has the name', async () => {
  for (const effect of ['fsync:file', 'rename:file', 'fsync:folder'] as const) {
    await rm(folder, { recursive: true, force: true })
    let fails = false
    const journal = await opened((event) => {
      if (fails && event.effect === effect && event.phase === 'before') throw new Error('EIO')
    })
    fails = true
    await expect(journal.forget(these(1))).rejects.toThrow('EIO')
    await journal.append(entry(4))
    await journal.close()
    const again = await open()
    const left = (await again.entries()).map(({ intakeId }) => intakeId)
    expect(left, effect).toEqual(expect.arrayContaining([2, 3, 4].map(sampleIntakeId)))
    await again.close()
  }
})

it.each(
  ['fsync:file', 'rename:file', 'fsync:folder'].flatMap((effect) =>
    ['before', 'after'].map((phase) => [phase, effect] as const),
  ),
)('is killed %s %s: all that was needed is there, and no half of a file', async (phase, effect) => {
  await (await opened()).close()
  const child = join(import.meta.dirname, 'testing', 'journal-forget-child.ts')
  const running = spawn(process.execPath, [child, folder, effect, phase], { stdio: 'inherit' })
  const [, signal] = await once(running, 'exit')
  expect(signal).toBe('SIGKILL')
  const journal = await open()
  const left = (await journal.entries()).map(({ intakeId }) => intakeId)
  expect(left.filter((one) => one !== sampleIntakeId(1))).toEqual([2, 3].map(sampleIntakeId))
  expect(journal.setAside).toBeNull()
  // A sealed copy that was on its way must not lie on for good.
  expect(await readdir(folder)).toEqual([journalFileName])
  await journal.forget(these(1))
  expect(await journal.entries()).toEqual([entry(2), entry(3)])
  await journal.close()
})

it('leaves a file with damage to the next start', async () => {
  const journal = await opened()
  await appendFile(join(folder, journalFileName), 'not an entry\n')
  expect(await journal.forget(these(1))).toBe(0)
  await journal.close()
  const again = await open()
  expect(again.setAside).not.toBeNull()
  expect(await again.forget(these(1))).toBe(1)
  await again.close()
})
