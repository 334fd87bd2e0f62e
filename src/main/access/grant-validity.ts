/** What the machine knows of the time of day. */
export interface KnownTime {
  /** The machine's clock, UTC ISO 8601. */
  readonly now: string
  readonly synchronised: boolean
  /** The latest instant that is surely past: newest record of the machine or contact with the province. */
  readonly notEarlierThan: string
}

export type GrantValidity = 'valid' | 'notYet' | 'expired'

/**
 * Whether a grant counts now. An unsynchronised clock may have fallen back for years or run ahead. So with
 * one a grant has begun as soon as it is known, since the province sends none long in advance, and it has
 * expired as soon as either the clock or the latest known instant says so: a dead clock battery neither
 * locks all staff out nor brings old rights back to life.
 */
export function grantValidity(
  grant: { readonly notBefore: string; readonly notAfter: string },
  time: KnownTime,
): GrantValidity {
  const nowMs = Math.max(Date.parse(time.now), Date.parse(time.notEarlierThan))
  if (nowMs > Date.parse(grant.notAfter)) return 'expired'
  if (time.synchronised && nowMs < Date.parse(grant.notBefore)) return 'notYet'
  return 'valid'
}
