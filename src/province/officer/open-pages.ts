import type { ScannedPageReference } from '../../contract/province/sealed.ts'
import { type Keys, UnsealError } from '../security/keys.ts'
import { sha256Hex } from '../security/tokens.ts'
import type { PageStore } from '../store/contract.ts'

export type OpenedPages =
  /** JPEGs as captured, in the citizen's order. */
  | { readonly ok: true; readonly jpegs: readonly Uint8Array[] }
  /** Numbers, from 1, of pages that are not here or are not what the dossier says. */
  | { readonly ok: false; readonly missing: readonly number[]; readonly wrong: readonly number[] }

/** Opens the pages that a sealed dossier names: all of them, or it says which are amiss. */
export async function openPages(
  kioskId: string,
  pages: readonly ScannedPageReference[],
  parts: { readonly keys: Keys; readonly pages: PageStore },
): Promise<OpenedPages> {
  const jpegs: Uint8Array[] = []
  const missing: number[] = []
  const wrong: number[] = []
  for (const [index, { contentHash, captureHash }] of pages.entries()) {
    const held = await parts.pages.find(kioskId, contentHash)
    if (held === undefined) {
      missing.push(index + 1)
      continue
    }
    try {
      const jpeg = await parts.keys.unsealBytes(held.bytes)
      if (sha256Hex(jpeg) === captureHash) jpegs.push(jpeg)
      else wrong.push(index + 1)
    } catch (error) {
      if (!(error instanceof UnsealError)) throw error
      wrong.push(index + 1)
    }
  }
  if (missing.length > 0 || wrong.length > 0) return { ok: false, missing, wrong }
  return { ok: true, jpegs }
}
