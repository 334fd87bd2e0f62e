import { createHash } from 'node:crypto'
import { z } from 'zod'

const depositSchema = z.strictObject({
  intakeId: z.string(),
  at: z.string(),
  sealed: z.string(),
  contentHash: z.string(),
  bagCode: z.string(),
  compartment: z.int(),
  procedureCode: z.string(),
})

/** As much of the message as an entry is read from. */
const messageSchema = z.looseObject({
  body: z.looseObject({ ...depositSchema.omit({ at: true }).shape, depositedAt: z.string() }),
})
const lineSchema = z.strictObject({ message: z.string(), pages: z.array(z.string()) })

export type JournalEntry = z.infer<typeof depositSchema> & {
  /** The exact text that goes to the province, and the hashes of the scanned pages; absent in old entries. */
  readonly message?: string
  readonly pages?: readonly string[]
}

const newline = 0x0a

/**
 * `J2 <bytes of the JSON> <SHA-256 of the JSON> <JSON>\n`: whole or recognisably not. The JSON holds the message;
 * without one (`J1`) it holds the deposit alone.
 */
export function encodeJournalLine(entry: JournalEntry): Buffer {
  const { message, pages = [], ...deposit } = entry
  const [kind, content] =
    message === undefined
      ? ['J1', depositSchema.parse(deposit)]
      : ['J2', lineSchema.parse({ message, pages })]
  const json = Buffer.from(JSON.stringify(content), 'utf8')
  const hash = createHash('sha256').update(json).digest('hex')
  return Buffer.concat([
    Buffer.from(`${kind} ${json.length} ${hash} `),
    json,
    Buffer.from([newline]),
  ])
}

/** `line` without its newline; `undefined` when it is not an entry as it was written. */
export function decodeJournalLine(line: Buffer): JournalEntry | undefined {
  const head = /^J([12]) (\d{1,9}) ([0-9a-f]{64}) /.exec(line.toString('latin1', 0, 96))
  if (head === null) return undefined
  const json = line.subarray(head[0].length)
  if (json.length !== Number(head[2])) return undefined
  if (createHash('sha256').update(json).digest('hex') !== head[3]) return undefined
  const content: unknown = JSON.parse(json.toString('utf8'))
  if (head[1] === '1') return depositSchema.safeParse(content).data
  const parsed = lineSchema.safeParse(content)
  return parsed.success ? ofMessage(parsed.data) : undefined
}

function ofMessage({ message, pages }: z.infer<typeof lineSchema>): JournalEntry | undefined {
  const parsed = messageSchema.safeParse(JSON.parse(message))
  if (!parsed.success) return undefined
  const { body } = parsed.data
  const { depositedAt: at, intakeId, sealed, contentHash, bagCode, compartment } = body
  const { procedureCode } = body
  return {
    ...{ intakeId, at, sealed, contentHash, bagCode, compartment, procedureCode },
    ...{ message, pages },
  }
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
