import { badgePrefix, isBadge } from './badge.ts'
import { type BagFormat, readBagCode } from './bag-code.ts'
import { type CardIdentity, parseCitizenCard, resemblesCitizenCard } from './citizen-card.ts'
import { type CollectionQr, collectionQrPrefix, parseCollectionQr } from './collection-qr.ts'
import { recogniseDossierCode } from './dossier-code.ts'
import { parseIntakeId } from './intake-id.ts'
import { parseSlipQr, type SlipClaim, slipPrefix } from './slip-qr.ts'

/** Everything that can be held to the reader. What it proves is for the flow to decide. */
export type ClassifiedReading =
  | { readonly kind: 'card'; readonly card: CardIdentity }
  /** `payload` is to be verified before `slip` is believed. */
  | { readonly kind: 'slip'; readonly slip: SlipClaim; readonly payload: string }
  | { readonly kind: 'collectionQr'; readonly qr: CollectionQr; readonly payload: string }
  | { readonly kind: 'bag'; readonly bagCode: string }
  | { readonly kind: 'badge'; readonly payload: string }
  | { readonly kind: 'intakeId'; readonly intakeId: string }
  | { readonly kind: 'dossierCode'; readonly dossierCode: string }
  | { readonly kind: 'garbage'; readonly reason: GarbageReason }

/**
 * `unreadable`: no text at all, or empty. `hostile`: control characters or far too long. `damaged`: one of
 * ours, or a card, with something wrong in it: hold it again. `foreign`: a sound code of somebody else's.
 */
export type GarbageReason = 'unreadable' | 'hostile' | 'damaged' | 'foreign'

export interface ReadingFormats {
  readonly bag: BagFormat
  /** The province's own pattern of dossier codes, beside the usual one. */
  readonly dossierCode?: RegExp
}

/** No payload that the machine expects is longer. */
const maxCharacters = 1_000

/** Never throws, whatever was held to the reader. `text` as the reader driver decoded it. */
export function classifyReading(
  text: string | undefined,
  formats: ReadingFormats,
): ClassifiedReading {
  if (text === undefined) return garbage('unreadable')
  if (text.length > maxCharacters * 2) return garbage('hostile')
  const payload = withoutFrame(text)
  if (payload === '' || !/[\p{L}\p{N}]/u.test(payload)) {
    return garbage(/\p{Cc}/u.test(payload) ? 'hostile' : 'unreadable')
  }
  if (payload.length > maxCharacters || /\p{Cc}|\uFFFD/u.test(payload)) return garbage('hostile')
  return ours(payload) ?? cardOf(payload) ?? barcode(payload, formats) ?? garbage('foreign')
}

/**
 * What readers put around a payload: byte order mark, STX, an AIM identifier such as `]Q1`; CR, LF, TAB or
 * ETX behind it. Inside a payload none of these is tolerated.
 */
function withoutFrame(text: string): string {
  return trimWhile(text, (character) => /\s/.test(character) || frame.includes(character))
    .replace(/^\][A-Za-z][0-9A-Za-z](?=.)/, '')
    .normalize('NFC')
}

/** STX, ETX and byte order mark. */
const frame = '\u0002\u0003\uFEFF'

function trimWhile(text: string, drop: (character: string) => boolean): string {
  let start = 0
  let end = text.length
  while (start < end && drop(text.charAt(start))) start += 1
  while (end > start && drop(text.charAt(end - 1))) end -= 1
  return text.slice(start, end)
}

function ours(payload: string): ClassifiedReading | undefined {
  if (payload.startsWith(slipPrefix)) {
    const slip = parseSlipQr(payload)
    if (slip === undefined) return garbage('damaged')
    const { signature: _, ...claim } = slip
    return { kind: 'slip', slip: claim, payload }
  }
  if (payload.startsWith(collectionQrPrefix)) {
    const qr = parseCollectionQr(payload)
    return qr === undefined ? garbage('damaged') : { kind: 'collectionQr', qr, payload }
  }
  if (payload.startsWith(badgePrefix)) {
    return isBadge(payload) ? { kind: 'badge', payload } : garbage('damaged')
  }
  return undefined
}

function cardOf(payload: string): ClassifiedReading | undefined {
  if (!resemblesCitizenCard(payload)) return undefined
  const card = parseCitizenCard(payload)
  return card === undefined ? garbage('damaged') : { kind: 'card', card }
}

function barcode(payload: string, formats: ReadingFormats): ClassifiedReading | undefined {
  const bag = readBagCode(payload, formats.bag)
  switch (bag.kind) {
    case 'own':
      return { kind: 'bag', bagCode: bag.bagCode }
    case 'misread':
      return garbage('damaged')
    case 'foreign':
      break
  }
  const upper = payload.toUpperCase()
  if (parseIntakeId(upper) !== undefined) return { kind: 'intakeId', intakeId: upper }
  const dossierCode = recogniseDossierCode(payload, formats.dossierCode)
  return dossierCode === undefined ? undefined : { kind: 'dossierCode', dossierCode }
}

function garbage(reason: GarbageReason): ClassifiedReading {
  return { kind: 'garbage', reason }
}
