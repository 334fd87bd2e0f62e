import { readFile } from 'node:fs/promises'
import { writeDurableFile } from './durable-file.ts'
import {
  decodeJournalLine,
  encodeJournalLine,
  type JournalEntry,
  splitJournal,
} from './journal-line.ts'

export interface JournalContent {
  readonly exists: boolean
  readonly entries: readonly JournalEntry[]
  /** Bytes of the file up to the newline of its last entry. */
  readonly wholeBytes: number
  /** The last whole line as it was read, with its newline; empty where there is none. */
  readonly newestLine: Buffer
  /**
   * What follows the last newline: a torn write, never acknowledged, so it may go. So is a last line with zeros in
   * it: its end reached the disk before a power cut, and sectors before that did not.
   */
  readonly tornBytes: number
  /** Whole lines that are not an entry as it was written: damage. */
  readonly damagedLines: number
}

const newline = Buffer.from('\n')

/** Reads all good entries and changes nothing. */
export async function readJournal(path: string): Promise<JournalContent> {
  const bytes = await readIfThere(path)
  const { lines, tail } = splitJournal(bytes ?? Buffer.alloc(0))
  const last = lines.at(-1)
  const hasHoles = last?.includes(0) && decodeJournalLine(last) === undefined
  if (hasHoles) lines.pop()
  const entries = lines.map(decodeJournalLine).filter((entry) => entry !== undefined)
  const tornBytes = tail.length + (hasHoles && last ? last.length + 1 : 0)
  const wholeBytes = (bytes?.length ?? 0) - tornBytes
  const newest = lines.at(-1)
  return {
    exists: bytes !== undefined,
    entries,
    wholeBytes,
    newestLine: newest === undefined ? Buffer.alloc(0) : Buffer.concat([newest, newline]),
    tornBytes,
    damagedLines: lines.length - entries.length,
  }
}

/** Sets the damaged file aside as it was found, then puts its good entries in its place. */
export async function repairJournal(
  path: string,
  entries: readonly JournalEntry[],
  now: Date,
): Promise<string> {
  const setAside = `${path}.damaged-${now.toISOString().replaceAll(':', '')}`
  await writeDurableFile(setAside, (await readIfThere(path)) ?? '')
  await writeDurableFile(path, Buffer.concat(entries.map(encodeJournalLine)))
  return setAside
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
