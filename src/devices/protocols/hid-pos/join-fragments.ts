import type { Fragment } from './read-fragment.ts'

export interface JoinedCode {
  readonly bytes: Uint8Array
  readonly aimId: string | undefined
}

/** Why bytes were thrown away. Only lengths leave the joiner with it: the bytes may be somebody's card. */
export type DropReason =
  /** Half a code, and its rest did not come in time. */
  | 'halfCode'
  /** Came so soon after half a code that it may be its rest. */
  | 'doubtful'
  /** Longer than any code that a reader can see. */
  | 'tooLong'
  /** The symbology changed in the middle of a code. */
  | 'mixed'
  /** Nothing in it. */
  | 'empty'

export type JoinResult =
  | { readonly result: 'code'; readonly code: JoinedCode }
  | { readonly result: 'dropped'; readonly reason: DropReason; readonly lengthBytes: number }

export interface JoinerOptions {
  /** A QR code holds at most 2,953 bytes (version 40, level L, byte mode). */
  readonly maximumBytes?: number
  /**
   * Longest pause inside one code. Reports of one code are a few ms apart; 20 codes a second are 50 ms apart,
   * so that half a code is never completed by the next one.
   */
  readonly joinGapMs?: number
  /**
   * HID-POS marks the last report of a code and not the first. After half a code, a report that comes within
   * this time may be the late rest as well as a new code: it is not used.
   */
  readonly doubtMs?: number
}

export interface Joiner {
  /** What the fragment completed or ended; empty while a code goes on. `atMs` is monotonic. */
  push(fragment: Fragment, atMs: number): readonly JoinResult[]
  /** Throws away the code that is being joined, its rest included. */
  abandon(): void
}

/** Joins the bytes of continued reports. It never decodes: a letter may be cut at the border of two reports. */
export function createJoiner(options: JoinerOptions = {}): Joiner {
  const { maximumBytes = 2953, joinGapMs = 40, doubtMs = 1000 } = options
  let parts: Uint8Array[] = []
  let lengthBytes = 0
  let aimId: string | undefined
  let lastAtMs = Number.NEGATIVE_INFINITY
  /** Set while a code is thrown away up to its last report. */
  let skipping: DropReason | undefined

  const isInsideCode = () => parts.length > 0 || skipping !== undefined
  const clear = () => {
    parts = []
    lengthBytes = 0
    skipping = undefined
  }

  return {
    push(fragment, atMs) {
      const results: JoinResult[] = []
      const pauseMs = atMs - lastAtMs
      lastAtMs = atMs
      if (isInsideCode() && pauseMs > joinGapMs) {
        results.push({ result: 'dropped', reason: skipping ?? 'halfCode', lengthBytes })
        clear()
        if (pauseMs <= doubtMs) skipping = 'doubtful'
      }
      if (parts.length === 0) aimId = fragment.aimId
      else if (fragment.aimId !== aimId) skipping ??= 'mixed'

      lengthBytes += fragment.data.length
      if (lengthBytes > maximumBytes) skipping ??= 'tooLong'
      if (skipping === undefined) parts.push(fragment.data)
      else parts = []
      if (fragment.continued) return results

      const reason = skipping ?? (lengthBytes === 0 ? 'empty' : undefined)
      results.push(
        reason === undefined
          ? { result: 'code', code: { bytes: concatenate(parts, lengthBytes), aimId } }
          : { result: 'dropped', reason, lengthBytes },
      )
      clear()
      return results
    },
    abandon() {
      if (isInsideCode()) skipping ??= 'halfCode'
      parts = []
    },
  }
}

function concatenate(parts: readonly Uint8Array[], lengthBytes: number): Uint8Array {
  const joined = new Uint8Array(lengthBytes)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
