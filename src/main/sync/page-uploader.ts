import type { Failure } from './answer.ts'
import type { ProvinceClient } from './province-client.ts'

/** Sealed pages and the province's receipts for them, durable. */
export interface SealedPages {
  read(contentHash: string): Promise<Uint8Array | undefined>
  receipt(contentHash: string): Promise<string | undefined>
  putReceipt(contentHash: string, receipt: string): Promise<void>
}

export type UploadAnswer =
  | { readonly outcome: 'done' }
  /** A page that a dossier names is not on the disk any more: a person must look. */
  | { readonly outcome: 'lost'; readonly contentHash: string }
  | Failure

export interface PageUploader {
  /**
   * Brings every page to the province that it has not yet acknowledged, in order, and stops at the first that
   * does not go. To be called before the message that names them; calling it again costs nothing for those done.
   */
  upload(contentHashes: readonly string[], signal?: AbortSignal): Promise<UploadAnswer>
}

/** Retries are the caller's: the answer says what to do, as for messages. */
export function createPageUploader(parts: {
  readonly client: Pick<ProvinceClient, 'putPage'>
  readonly pages: SealedPages
}): PageUploader {
  const { client, pages } = parts
  return {
    async upload(contentHashes, signal) {
      for (const contentHash of contentHashes) {
        if ((await pages.receipt(contentHash)) !== undefined) continue
        const ciphertext = await pages.read(contentHash)
        if (ciphertext === undefined) return { outcome: 'lost', contentHash }
        const answer = await client.putPage(contentHash, new Uint8Array(ciphertext), signal)
        if (answer.outcome !== 'accepted') return answer
        await pages.putReceipt(contentHash, JSON.stringify(answer.receipt))
      }
      return { outcome: 'done' }
    },
  }
}
