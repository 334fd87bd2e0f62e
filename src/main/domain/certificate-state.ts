const dayMs = 86_400_000
/** Long enough for an office to order, sign and bring a new one. */
export const certificateWarningDays = 30

export type CertificateState = 'good' | 'expiring' | 'expired'

/** @param notAfter last moment of the certificate, UTC ISO 8601 */
export function certificateState(notAfter: string, nowMs: number): CertificateState {
  const leftMs = Date.parse(notAfter) - nowMs
  if (leftMs < 0) return 'expired'
  return leftMs <= certificateWarningDays * dayMs ? 'expiring' : 'good'
}
