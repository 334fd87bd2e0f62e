import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'

const dayMs = 86_400_000
/** Long enough for an office to order, sign and bring a new one. */
export const certificateWarningDays = 30

/** One line at the start and one a day, while the own certificate is near its end or past it. Returns the stop. */
export function warnOfCertificate(notAfter: string, clock: Clock, log: Log): () => void {
  const look = () => {
    const leftMs = Date.parse(notAfter) - clock().getTime()
    if (leftMs > certificateWarningDays * dayMs) return
    log('error', `tls: the certificate ${leftMs < 0 ? 'has run out' : 'runs out'}: ${notAfter}`)
  }
  look()
  const timer = setInterval(look, dayMs)
  return () => clearInterval(timer)
}
