import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFile,
  type FileHandle,
  mkdtemp,
  open as openFile,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { journalFileName, openJournal } from './journal.ts'
import { decodeJournalLine, encodeJournalLine } from './journal-line.ts'
import type { StoreTap } from './store-tap.ts'
import { sampleJournalEntry } from './testing/sample.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'))
  path = join(folder, journalFileName)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const now = () => new Date('2026-03-02T08:00:00.000Z')
const open = (tap?: StoreTap) => openJournal({ folder, now, tap })
const entry = sampleJournalEntry

async function withEntries(...numbers: number[]): Promise<void> {
  const journal = await open()
  for (const number of numbers) await journal.append(entry(number))
  await journal.close()
}

describe('journal', () => {
  it('keeps entries in order over a restart and knows them by number', async () => {
    await withEntries(1, 2)
    const journal = await open()
    expect(await journal.entries()).toEqual([entry(1), entry(2)])
    expect(journal.has(entry(2).intakeId)).toBe(true)
    expect(journal.has(entry(3).intakeId)).toBe(false)
    expect(journal).toMatchObject({ tornBytes: 0, setAside: null })
    await journal.close()
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  it('knows the highest epoch that has a slip', async () => {
    const empty = await open()
    expect(empty.highestEpoch).toBe(0)
    await empty.append(entry(1))
    await empty.append({ ...entry(2), intakeId: 'K07-12-000002-X' })
    await empty.close()
    const journal = await open()
    expect(journal.highestEpoch).toBe(12)
    await journal.close()
  })

  it('writes an entry once, and concurrent ones one after the other', async () => {
    const journal = await open()
    await Promise.all([1, 2, 1, 3, 2].map((number) => journal.append(entry(number))))
    expect(await journal.entries()).toEqual([entry(1), entry(2), entry(3)])
    await journal.close()
  })

  it('has an entry only after the fsync', async () => {
    const seen: [string, boolean][] = []
    const journal = await open(({ phase, effect }) => {
      if (effect === 'fsync:journal') seen.push([phase, journal.has(entry(1).intakeId)])
    })
    await journal.append(entry(1))
    expect(seen).toEqual([
      ['before', false],
      ['after', false],
    ])
    expect(journal.has(entry(1).intakeId)).toBe(true)
    await journal.close()
  })

  it('leaves nothing of an append that failed, and goes on with the next', async () => {
    let fails = true
    const journal = await open(({ phase, effect }) => {
      if (fails && effect === 'fsync:journal' && phase === 'before') throw new Error('disk full')
    })
    await expect(journal.append(entry(1))).rejects.toThrow('disk full')
    expect(journal.has(entry(1).intakeId)).toBe(false)
    expect((await stat(path)).size).toBe(0)
    fails = false
    await journal.append(entry(2))
    expect(await journal.entries()).toEqual([entry(2)])
    await journal.close()
  })

  it('keeps its last entry whole at a start, however little the disk reads at once', async () => {
    await withEntries(1, 2)
    const whole = await readFile(path)
    const handle = await openFile(path)
    const prototype: FileHandle = Object.getPrototypeOf(handle)
    await handle.close()
    const { read } = prototype
    Object.assign(prototype, {
      read(this: FileHandle, buffer: Buffer, offset: number, length: number, at: number) {
        return Reflect.apply(read, this, [buffer, offset, Math.min(length, 10), at])
      },
    })
    try {
      await (await open()).close()
    } finally {
      Object.assign(prototype, { read })
    }
    expect(await readFile(path)).toEqual(whole)
  })

  it('cuts a torn tail wherever it tore, and appends behind what is whole', async () => {
    await withEntries(1)
    const whole = await readFile(path)
    const next = encodeJournalLine(entry(2))
    for (const cut of [1, 2, 60, 75, next.length - 2, next.length - 1]) {
      await writeFile(path, Buffer.concat([whole, next.subarray(0, cut)]))
      const journal = await open()
      expect(journal).toMatchObject({ tornBytes: cut, setAside: null })
      expect(await readFile(path)).toEqual(whole)
      await journal.append(entry(3))
      expect(await journal.entries()).toEqual([entry(1), entry(3)])
      await journal.close()
    }
  })

  it('sets a damaged file aside as it was and keeps all good entries', async () => {
    await withEntries(1, 2, 3)
    const bytes = await readFile(path)
    bytes.writeUInt8(0x21, encodeJournalLine(entry(1)).length + 90)
    await writeFile(path, bytes)
    const journal = await open()
    expect(await journal.entries()).toEqual([entry(1), entry(3)])
    expect(await readFile(journal.setAside ?? '')).toEqual(bytes)
    await journal.append(entry(4))
    await journal.close()
    expect((await readdir(folder)).length).toBe(2)
    const again = await open()
    expect(await again.entries()).toEqual([entry(1), entry(3), entry(4)])
    expect(again.setAside).toBeNull()
    await again.close()
  })

  it('takes zeros at the end, which a power cut may leave, for a torn tail', async () => {
    await withEntries(1)
    await appendFile(path, Buffer.alloc(512))
    const journal = await open()
    expect(journal.tornBytes).toBe(512)
    expect(await journal.entries()).toEqual([entry(1)])
    await journal.close()
  })

  it('takes a last entry with a hole of zeros, of which only the end was written, for a torn one', async () => {
    await withEntries(1, 2)
    const bytes = await readFile(path)
    bytes.fill(0, bytes.length - 60, bytes.length - 20)
    await writeFile(path, bytes)
    const journal = await open()
    expect(journal).toMatchObject({ setAside: null, tornBytes: encodeJournalLine(entry(2)).length })
    await journal.append(entry(3))
    expect(await journal.entries()).toEqual([entry(1), entry(3)])
    await journal.close()
  })

  it.each(['before', 'after'])('is killed %s the fsync: whole or not there', async (phase) => {
    const child = join(import.meta.dirname, 'testing', 'journal-kill-child.ts')
    const running = spawn(process.execPath, [child, folder, phase], { stdio: 'inherit' })
    const [, signal] = await once(running, 'exit')
    expect(signal).toBe('SIGKILL')
    const journal = await open()
    const entries = await journal.entries()
    // Before the fsync the kernel may hold the bytes all the same: a kill is no power cut.
    expect([1, 2]).toContain(entries.length)
    if (phase === 'after') expect(entries).toEqual([entry(1), entry(2)])
    await journal.append(entry(2))
    expect(await journal.entries()).toEqual([entry(1), entry(2)])
    await journal.close()
  })
})

describe('journal line', () => {
  it('reads what it wrote and nothing else', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.integer({ min: 1, max: 255 }), (text, at, flip) => {
        const line = encodeJournalLine({ ...entry(1), bagCode: text })
        const body = line.subarray(0, -1)
        expect(line.indexOf('\n')).toBe(body.length)
        expect(decodeJournalLine(body)?.bagCode).toBe(text.toWellFormed())
        const other = Buffer.from(body)
        const index = at % other.length
        other.writeUInt8((other.readUInt8(index) ^ flip) & 0xff, index)
        expect(decodeJournalLine(other)).toBeUndefined()
      }),
    )
  })

  it('never throws on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeJournalLine(Buffer.from(bytes))).toBeUndefined()
      }),
    )
  })
})
