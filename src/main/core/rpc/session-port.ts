import type { Answer } from '../../../contract/contract.ts'
import type { Snapshot } from '../../../contract/snapshot.ts'

/**
 * All that the contract's server needs from core. Roles, screens and stale screens are checked before
 * `intend` is called; what is left to refuse there is the state inside the screen.
 */
export interface SessionPort {
  current(): Snapshot
  /** Called after each change; the listener reads `current()` itself. Returns the way to stop. */
  onChange(listener: () => void): () => void
  /** `path` is the procedure's place in the contract: `intake.acceptNotice`. Throws on bugs only. */
  intend(path: string, input: IntentionInput): Answer
  /** JPEG; undefined when there is nothing that the person before the machine may see. */
  picture(pageId: string): Uint8Array | undefined
}

/** Already of the shape that the contract declares for `path`. */
export interface IntentionInput {
  readonly screenId: string
  readonly [field: string]: unknown
}
