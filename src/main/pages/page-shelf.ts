import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { writeDurableFile } from '../store/durable-file.ts'
import { fsyncFolder } from '../store/fsync-folder.ts'
import { privateFolder } from '../store/private-folder.ts'
import type { StoreEffect, StoreTap } from '../store/store-tap.ts'

/** Sealed pages as files named by their content: ciphertext that only the province reads, and its receipts. */
export interface PageShelf {
  /** Durable when it resolves. The same page again changes nothing. @returns the file's path */
  put(contentHash: string, ciphertext: Uint8Array): Promise<string>
  /** Undefined when there is no such page. */
  read(contentHash: string): Promise<Uint8Array | undefined>
  list(): Promise<readonly string[]>
  /** Of all pages together. */
  bytes(): Promise<number>
  /** The province's signed receipt for this page, once it has one. */
  receipt(contentHash: string): Promise<string | undefined>
  putReceipt(contentHash: string, receipt: string): Promise<void>
  /** They have to go up again. Durable when it resolves. */
  forgetReceipts(contentHashes: readonly string[]): Promise<void>
  /** With its receipt. */
  remove(contentHash: string): Promise<void>
  /** At start: what no row names was sealed right before a crash, or belongs to nobody any more. */
  removeAllBut(contentHashes: ReadonlySet<string>): Promise<void>
}

const pageName = /^([0-9a-f]{64})\.age$/

/** @param folder `pages` in the data folder; made when missing, for its owner only */
export function createPageShelf(folder: string, tap?: StoreTap): PageShelf {
  privateFolder(folder)
  const fileOf = (contentHash: string, kind: 'age' | 'receipt.json'): string => {
    if (!/^[0-9a-f]{64}$/.test(contentHash)) throw new RangeError('not a content hash')
    return join(folder, `${contentHash}.${kind}`)
  }
  const readIfThere = (path: string): Promise<Buffer | undefined> =>
    readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    })
  const list = async (): Promise<readonly string[]> =>
    (await readdir(folder)).flatMap((name) => pageName.exec(name)?.[1] ?? [])
  const remove = async (contentHash: string): Promise<void> => {
    // The page first: a receipt without a page says less than a page without its receipt costs.
    await rm(fileOf(contentHash, 'age'), { force: true })
    await rm(fileOf(contentHash, 'receipt.json'), { force: true })
  }

  return {
    async put(contentHash, ciphertext) {
      const path = fileOf(contentHash, 'age')
      await writeDurableFile(path, ciphertext, { tap })
      return path
    },
    read: (contentHash) => readIfThere(fileOf(contentHash, 'age')),
    list,
    async bytes() {
      const sizes = (await list()).map((contentHash) =>
        stat(fileOf(contentHash, 'age'))
          .then(({ size }) => size)
          .catch(() => 0),
      )
      return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    },
    async receipt(contentHash) {
      return (await readIfThere(fileOf(contentHash, 'receipt.json')))?.toString('utf8')
    },
    putReceipt: (contentHash, receipt) =>
      writeDurableFile(fileOf(contentHash, 'receipt.json'), receipt, { tap: receiptTap(tap) }),
    async forgetReceipts(contentHashes) {
      for (const contentHash of contentHashes) {
        await rm(fileOf(contentHash, 'receipt.json'), { force: true })
      }
      fsyncFolder(folder)
    },
    remove,
    async removeAllBut(contentHashes) {
      for (const name of await list()) if (!contentHashes.has(name)) await remove(name)
      // A crash in the middle of a write leaves its temporary file, a removal its receipt.
      for (const name of await readdir(folder)) {
        const isHalf = name.startsWith('.') && name.endsWith('.tmp')
        const owner = /^([0-9a-f]{64})\.receipt\.json$/.exec(name)?.[1]
        if (isHalf || (owner !== undefined && !contentHashes.has(owner))) {
          await rm(join(folder, name), { force: true })
        }
      }
    },
  }
}

/** Receipts come whenever the province answers: another effect than a page that a citizen waits for. */
function receiptTap(tap: StoreTap | undefined): StoreTap | undefined {
  const names: Partial<Readonly<Record<StoreEffect, StoreEffect>>> = {
    'write:file': 'write:pageReceipt',
    'fsync:file': 'fsync:pageReceipt',
    'rename:file': 'rename:pageReceipt',
    'fsync:folder': 'fsync:pageReceiptFolder',
  }
  return tap && (({ phase, effect }) => tap({ phase, effect: names[effect] ?? effect }))
}
