import { rm } from 'node:fs/promises'
import type { PageShelf } from './page-shelf.ts'
import type { PageWork } from './page-work.ts'

export interface SealedPage {
  /** SHA-256 hex of the ciphertext: its name on the shelf and at the province. */
  readonly contentHash: string
  /** SHA-256 hex of the JPEG as captured. Belongs into the sealed dossier; until then a row of the page has it. */
  readonly captureHash: string
  readonly sealedPath: string
  /** Length of the ciphertext. */
  readonly bytes: number
}

export interface PageSealer {
  /**
   * Encrypts an accepted page to the province, makes the ciphertext durable, and only then removes the plaintext.
   * @param jpegPath in the scan folder
   * @param record puts the page on record, before the plaintext goes
   * @throws Error when the file cannot be read, the disk is full or `record` throws: the plaintext is still there
   * then, and the page can be sealed again
   */
  sealPage(jpegPath: string, record?: (page: SealedPage) => void): Promise<SealedPage>
}

/** @param recipient `age1…` of the province's configuration */
export function createPageSealer(parts: {
  readonly work: PageWork
  readonly shelf: PageShelf
  readonly recipient: string
}): PageSealer {
  const { work, shelf, recipient } = parts
  return {
    async sealPage(jpegPath, record = () => {}) {
      const { ciphertext, contentHash, captureHash } = await work.encrypt(jpegPath, recipient)
      const sealedPath = await shelf.put(contentHash, ciphertext)
      const page = { contentHash, captureHash, sealedPath, bytes: ciphertext.length }
      record(page)
      await rm(jpegPath)
      return page
    },
  }
}
