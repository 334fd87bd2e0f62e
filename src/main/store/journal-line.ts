import { createHash } from 'node:crypto'
import { z } from 'zod'

const journalEntrySchema = z.strictObject({
  intakeId: z.string(),
  at: z.string(),
  sealed: z.string(),
  contentHash: z.string(),
  bagCode: z.string(),
  compartment: z.int(),
  procedureCode: z.string(),
})
export type JournalEntry = z.infer<typeof journalEntrySchema>

const newline = 0x0a

/** `J1 <bytes of the JSON> <SHA-256 of the JSON> <JSON>\n`: whole or recognisably not. */
export function encodeJournalLine(entry: JournalEntry): Buffer {
  const json = Buffer.from(JSON.stringify(journalEntrySchema.parse(entry)), 'utf8')
  const hash = createHash('sha256').update(json).digest('hex')
  return Buffer.concat([Buffer.from(`J1 ${json.length} ${hash} `), json, Buffer.from([newline])])
}

/** `line` without its newline; `undefined` when it is not an entry as it was written. */
export function decodeJournalLine(line: Buffer): JournalEntry | undefined {
  const head = /^J1 (\d{1,9}) ([0-9a-f]{64}) /.exec(line.toString('latin1', 0, 96))
  if (head === null) return undefined
  const json = line.subarray(head[0].length)
  if (json.length !== Number(head[1])) return undefined
  if (createHash('sha256').update(json).digest('hex') !== head[2]) return undefined
  const parsed = journalEntrySchema.safeParse(JSON.parse(json.toString('utf8')))
  return parsed.success ? parsed.data : undefined
}

/** Splits at newlines; the last part has none and is what a torn write leaves (usually empty). */
export function splitJournal(bytes: Buffer): { lines: Buffer[]; tail: Buffer } {
  const lines: Buffer[] = []
  let from = 0
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, from)) {
    lines.push(bytes.subarray(from, at))
    from = at + 1
  }
  return { lines, tail: bytes.subarray(from) }
}
