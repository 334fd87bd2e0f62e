import type { z } from 'zod'
import {
  type FeedItem,
  type FeedKind,
  type FeedRefusal,
  feedItems,
  staffGrantText,
} from '../../contract/province/feed.ts'
import type { Verifier } from './verifier.ts'

export type FeedItemRead<K extends FeedKind> =
  | { readonly ok: true; readonly item: FeedItem<K> }
  | { readonly ok: false; readonly code: FeedRefusal['code'] }

/** The allow-list of what the feed may set, and the signatures of those who may open doors. */
export function readFeedItem<K extends FeedKind>(
  kind: K,
  raw: unknown,
  staffVerifier: Verifier,
): FeedItemRead<K> {
  // Indexing by a type parameter loses which schema it is; the key is the same on both sides.
  const schema = feedItems[kind] as unknown as z.ZodType<FeedItem<K>>
  const parsed = schema.safeParse(raw)
  if (!parsed.success) return { ok: false, code: 'INVALID_ITEM' }
  if (kind !== 'staff') return { ok: true, item: parsed.data }
  const grant = parsed.data as FeedItem<'staff'>
  if (staffVerifier(grant.keyId, staffGrantText(grant), grant.signature) !== 'good') {
    return { ok: false, code: 'BAD_SIGNATURE' }
  }
  if (Date.parse(grant.notBefore) >= Date.parse(grant.notAfter)) {
    return { ok: false, code: 'INVALID_ITEM' }
  }
  return { ok: true, item: parsed.data }
}
