import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Epoch } from '../../sync/ports.ts'
import { diskFaultOf } from '../disk-fault.ts'
import { writeDurableFile } from '../durable-file.ts'
import { privateFolder } from '../private-folder.ts'

const bookSchema = z.array(
  z.strictObject({ epoch: z.int().positive(), instance: z.string(), startedAt: z.string() }),
)

const fileName = 'epochs.json'

/**
 * Every epoch that this machine has begun, on the second path: a database that is lost gives none out again. A disk
 * that cannot read it is no empty book: throws what the disk did.
 */
export function readEpochBook(folder: string): readonly Epoch[] {
  try {
    return bookSchema.parse(JSON.parse(readFileSync(join(folder, fileName), 'utf8')))
  } catch (error) {
    if (diskFaultOf(error) !== undefined) throw error
    return []
  }
}

/** Adds what the book does not have; durable when it resolves. */
export async function keepInEpochBook(folder: string, epochs: readonly Epoch[]): Promise<void> {
  const book = readEpochBook(folder)
  const fresh = epochs.filter(({ epoch }) => !book.some((one) => one.epoch === epoch))
  if (fresh.length === 0) return
  privateFolder(folder)
  const all = [...book, ...fresh].sort((a, b) => a.epoch - b.epoch)
  await writeDurableFile(join(folder, fileName), JSON.stringify(all))
}
