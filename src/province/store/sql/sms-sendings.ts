import type { ClaimedSms, SendingEnd, SendingState, StoredSms } from '../records/sms-records.ts'
import { first, lock, run, type Work } from './work.ts'

interface Row extends StoredSms {
  readonly state: SendingState
  readonly requestId: string | null
  readonly unanswered: number
  readonly attempts: number
}

/** In order, but a code that somebody waits for at the machine goes before everything else. */
export function* claimSms(
  at: string,
  claim: { readonly id: string; readonly requestId: string; readonly until: string },
): Work<ClaimedSms | undefined> {
  yield* lock('sms sendings')
  const due = yield* first<Row>(
    `SELECT s.id, s.at, s.kiosk_id AS "kioskId", s.purpose, s.sealed, o.state,
       o.request_id AS "requestId", o.unanswered, o.attempts
     FROM sms_sendings o JOIN sms s ON s.id = o.sms_id
     WHERE o.state IN ('pending', 'sending') AND o.next_try_at <= ?
       AND (o.claimed_until IS NULL OR o.claimed_until <= ?)
     ORDER BY CASE s.purpose WHEN 'phoneCode' THEN 0 ELSE 1 END, s.id LIMIT 1`,
    at,
    at,
  )
  if (!due) return undefined
  const { state, requestId, ...sms } = due
  // Its process ended while the carrier was asked.
  const unanswered = due.unanswered + (state === 'sending' ? 1 : 0)
  const known = requestId ?? claim.requestId
  yield* run(
    `UPDATE sms_sendings SET state = 'sending', request_id = ?, unanswered = ?, attempts = ?,
       claim = ?, claimed_until = ?, changed_at = ? WHERE sms_id = ?`,
    known,
    unanswered,
    due.attempts + 1,
    claim.id,
    claim.until,
    at,
    due.id,
  )
  return { ...sms, requestId: known, unanswered, attempts: due.attempts + 1, claim: claim.id }
}

/** Nothing when somebody else has taken it over. */
export function* settleSms(claimed: ClaimedSms, end: SendingEnd, at: string): Work<void> {
  const isUnanswered = end.state === 'uncertain' || (end.state === 'pending' && !end.notSent)
  yield* run(
    `UPDATE sms_sendings SET state = ?, problem = ?, next_try_at = ?, unanswered = ?, claim = NULL,
       claimed_until = NULL, changed_at = ? WHERE sms_id = ? AND claim = ?`,
    end.state,
    end.state === 'sent' ? null : end.problem,
    end.state === 'pending' ? end.nextTryAt : at,
    claimed.unanswered + (isUnanswered ? 1 : 0),
    at,
    claimed.id,
    claimed.claim,
  )
}
