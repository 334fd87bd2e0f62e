import { createHash } from 'node:crypto'
import { closeSync, fdatasync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { fsyncFolder } from '../fsync-folder.ts'
import { privateFolder } from '../private-folder.ts'

const markSchema = z.strictObject({
  /** Head of the audit chain after the last commit. */
  sequence: z.int().nonnegative(),
  hash: z.string(),
  /** What happened up to this row is not in `touched`. */
  since: z.int().nonnegative(),
  /** By compartment: the audit row with which something last happened to it. */
  touched: z.record(z.string(), z.int()),
})
export type Mark = z.infer<typeof markSchema>

/**
 * On the second path, how far the database had come: tells an older file in its place from the one that was there,
 * and which compartments have been used since a backup. Written after each commit, so it is never ahead.
 */
export interface StoreMark {
  /** What was last noted before this start. */
  readonly found: Mark | undefined
  touch(compartment: number, sequence: number): void
  /** Nobody knows what happened up to this row. */
  startAt(sequence: number): void
  note(head: { readonly sequence: number; readonly hash: string }): void
  /** Makes it durable; what is noted after the last call may be lost with a power cut. */
  sync(): Promise<void>
  close(): void
}

const fileName = 'store-mark'
const datasync = promisify(fdatasync)

/** @returns undefined when there is none, or none that is whole */
export function readStoreMark(folder: string): Mark | undefined {
  try {
    const text = readFileSync(join(folder, fileName))
    const head = /^M1 (\d{1,7}) ([0-9a-f]{64}) /.exec(text.toString('latin1', 0, 90))
    if (head === null) return undefined
    const json = text.subarray(head[0].length, head[0].length + Number(head[1]))
    if (createHash('sha256').update(json).digest('hex') !== head[2]) return undefined
    return markSchema.parse(JSON.parse(json.toString('utf8')))
  } catch {
    return undefined
  }
}

export function openStoreMark(folder: string): StoreMark {
  privateFolder(folder)
  const found = readStoreMark(folder)
  let touched: Record<string, number> = { ...found?.touched }
  let since = found?.since ?? 0
  const file = openMarkFile(folder)
  let noted = 0
  return {
    found,
    touch(compartment, sequence) {
      touched[compartment] = sequence
    },
    startAt(sequence) {
      touched = {}
      since = sequence
    },
    note({ sequence, hash }) {
      if (sequence === noted) return
      noted = sequence
      const json = Buffer.from(JSON.stringify({ sequence, hash, since, touched } satisfies Mark))
      const sum = createHash('sha256').update(json).digest('hex')
      // In one place: what a longer mark left behind it is not read.
      const line = Buffer.concat([Buffer.from(`M1 ${json.length} ${sum} `), json])
      try {
        writeSync(file, line, 0, line.length, 0)
      } catch {
        // The commit stands. A mark that is behind or torn makes a restore more careful, nothing else.
      }
    },
    sync: () => datasync(file),
    close() {
      try {
        fsyncSync(file)
      } catch {
        // As after a power cut: behind, and no reason not to end in order.
      }
      closeSync(file)
    },
  }
}

function openMarkFile(folder: string): number {
  const path = join(folder, fileName)
  try {
    return openSync(path, 'r+')
  } catch {
    const file = openSync(path, 'wx+', 0o600)
    fsyncFolder(folder)
    return file
  }
}
