import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Journal } from '../flows/store-port.ts'
import { removeUnfinished, writeDurableFile } from './durable-file.ts'
import { fsyncFolder } from './fsync-folder.ts'
import { encodeJournalLine, type JournalEntry } from './journal-line.ts'
import { type JournalContent, readJournal, repairJournal } from './journal-reader.ts'
import { privateFolder } from './private-folder.ts'
import type { StoreTap } from './store-tap.ts'

export const journalFileName = 'journal.log'

export interface OpenJournal extends Journal {
  /** All good entries, in the order of their deposits; read again from the disk. */
  entries(): Promise<readonly JournalEntry[]>
  /**
   * The highest epoch of any entry, 0 without one: a database that is lost begins above it
   * (`firstEpoch` of `openStore`), so that no number is given twice.
   */
  readonly highestEpoch: number
  /** The newest that was found at open. */
  readonly newest: JournalEntry | undefined
  /** Of all entries, in their order. */
  intakeIds(): readonly string[]
  /**
   * Takes these entries out, whoever has seen to it that nobody needs them: the rest is written anew and takes the
   * file's place as a whole. A file with damage is left for the next start.
   * @returns how many went
   */
  forget(intakeIds: ReadonlySet<string>): Promise<number>
  /** Bytes of an unfinished last entry that were cut off at open: its slip was never begun. */
  readonly tornBytes: number
  /** Where the file as it was found lies, when it was damaged in its middle; for a technician. */
  readonly setAside: string | null
  close(): Promise<void>
}

/**
 * Opens or makes the copy of the sealed messages on the second path: entries are added, and go when they are over. `append` resolves when the
 * entry is on that disk; it rejects when the disk fails, and then nothing of it remains.
 */
export async function openJournal(options: {
  readonly folder: string
  readonly now: () => Date
  readonly tap?: StoreTap | undefined
}): Promise<OpenJournal> {
  const { folder, tap } = options
  privateFolder(folder)
  const path = join(folder, journalFileName)
  await removeUnfinished(path)
  let found = await readJournal(path)
  let setAside: string | null = null
  const { tornBytes } = found
  if (found.damagedLines > 0) {
    setAside = await repairJournal(path, found.entries, options.now())
    found = await readJournal(path)
  }
  const ids = new Set(found.entries.map((entry) => entry.intakeId))
  // Not in append mode: the place of each entry is known, what a failed write left behind is written over.
  let file = await open(path, found.exists ? 'r+' : 'wx+', 0o600)
  let length = found.wholeBytes
  await file.truncate(length)
  await writeLastAgain(file, found)
  await file.sync()
  tap?.({ phase: 'before', effect: 'fsync:journalFolder' })
  fsyncFolder(folder)
  tap?.({ phase: 'after', effect: 'fsync:journalFolder' })

  let last: Promise<unknown> = Promise.resolve()
  const write = async (entry: JournalEntry) => {
    if (ids.has(entry.intakeId)) return
    const line = encodeJournalLine(entry)
    try {
      await writeWhole(file, line, length)
      tap?.({ phase: 'before', effect: 'fsync:journal' })
      await file.sync()
      tap?.({ phase: 'after', effect: 'fsync:journal' })
    } catch (error) {
      await file.truncate(length)
      throw error
    }
    length += line.length
    ids.add(entry.intakeId)
  }
  const forget = async (intakeIds: ReadonlySet<string>): Promise<number> => {
    const { entries, damagedLines } = await readJournal(path)
    const kept = entries.filter((entry) => !intakeIds.has(entry.intakeId))
    const gone = entries.length - kept.length
    if (gone === 0 || damagedLines > 0) return 0
    try {
      await writeDurableFile(path, Buffer.concat(kept.map(encodeJournalLine)), { tap })
    } finally {
      // Whichever file has the name now: nothing may be appended to one that has none.
      await file.close()
      file = await open(path, 'r+')
      length = (await file.stat()).size
    }
    for (const intakeId of intakeIds) ids.delete(intakeId)
    return gone
  }
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const done = last.then(task)
    last = done.catch(() => undefined)
    return done
  }
  return {
    append: (entry) => inTurn(() => write(entry)),
    forget: (intakeIds) => inTurn(() => forget(intakeIds)),
    intakeIds: () => [...ids],
    has: (intakeId) => ids.has(intakeId),
    entries: async () => {
      await last
      return (await readJournal(path)).entries
    },
    highestEpoch: Math.max(0, ...found.entries.map(epochOf)),
    newest: found.entries.at(-1),
    tornBytes,
    setAside,
    async close() {
      await last
      await file.close()
    },
  }
}

/**
 * After a flush that failed the operating system may keep what it could not write, call it clean, and lose it with the
 * power: an entry of which nobody knows whether it was flushed is written anew before it counts.
 */
async function writeLastAgain(file: FileHandle, { newestLine, wholeBytes }: JournalContent) {
  await writeWhole(file, newestLine, wholeBytes - newestLine.length)
}

async function writeWhole(file: FileHandle, line: Uint8Array, at: number): Promise<void> {
  let written = 0
  while (written < line.length) {
    const { bytesWritten } = await file.write(line, written, line.length - written, at + written)
    written += bytesWritten
  }
}

/** `K07-3-000123-F` is of epoch 3. */
function epochOf({ intakeId }: JournalEntry): number {
  return Number(intakeId.split('-')[1] ?? 0) || 0
}
