import type { PageHint } from '../../../../contract/screens/scan.ts'
import type { ScanJob } from '../../../../devices/contract.ts'

/** A page that only the province can read, and what the sealed dossier says of it. */
export interface KeptPage {
  /** SHA-256 hex of the ciphertext: its name. */
  readonly contentHash: string
  /** SHA-256 hex of the JPEG inside it. */
  readonly captureHash: string
}

/** What scanning needs of the machine. Paths lead into a folder in memory. */
export interface ScanPort {
  /** False without a scanner, while it is away, and while somebody else's paper lies in it. */
  isOffered(): boolean
  /** Draws in what lies in the feeder; see `Scanner.scan`. */
  scan(maxPages: number): ScanJob
  /** `loaded`: paper lies in the feeder. Never moves any. */
  sensePaper(): Promise<'loaded' | 'empty' | 'unknown'>
  /** Hints for the citizen and a small picture, straightened. Rejects when it is no whole image. */
  look(path: string): Promise<{ readonly hints: readonly PageHint[]; readonly jpeg: Uint8Array }>
  /** A page in the clear that nobody wants. */
  discard(path: string): void
  /**
   * Seals a page and puts it on record; durable when it resolves, and gone in the clear. Rejects when the disk
   * does not take it: the page is still there then.
   * @param personHash keyed hash of who scanned it; null when no card said who that is
   */
  keep(path: string, personHash: string | null): Promise<KeptPage>
  /** Pages that a crash left, of this person only, in the order in which they were kept. */
  keptPages(personHash: string): readonly KeptPage[]
  /** Kept pages that will not be part of a dossier. */
  forget(pages: readonly KeptPage[]): void
}
