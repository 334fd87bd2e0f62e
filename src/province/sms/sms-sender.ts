import { randomUUID } from 'node:crypto'
import { retryDelayMs } from '../adapters/retry-delay.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { smsContentSchema } from '../notices/sms-content.ts'
import { unsealJson } from '../notices/unseal-json.ts'
import { runUntilQuiet } from '../run-until-quiet.ts'
import type { Keys } from '../security/keys.ts'
import type { ProvinceStore } from '../store/contract.ts'
import type {
  ClaimedSms,
  SendingEnd,
  SendingProblem,
  SmsPurpose,
} from '../store/records/sms-records.ts'
import type { SmsGateway } from './gateway.ts'

export interface SmsSender {
  /** Hands to the carrier what is due now; callers that come meanwhile share the run. */
  run(): Promise<void>
  /** Begins nothing new; resolves when what is under way has been noted. */
  stop(): Promise<void>
}

/** Longer than any carrier is waited for. */
const claimMs = 5 * 60_000
/** How long a message is worth sending. The machine waits for a phone code for minutes. */
const worthMs: Readonly<Record<SmsPurpose, number>> = {
  phoneCode: 10 * 60_000,
  collection: 3 * 24 * 60 * 60_000,
  notification: 24 * 60 * 60_000,
}
const mostUnanswered = 2

/**
 * At least once where the carrier says that it has nothing, with the same request id each time; where it does not
 * say, once more and never again: a citizen may get a message twice, not ten times.
 */
export function smsSender(parts: {
  readonly store: ProvinceStore
  readonly keys: Keys
  readonly gateway: SmsGateway
  readonly clock: Clock
  readonly log: Log
  readonly random: () => number
}): SmsSender {
  const { store, keys, gateway, clock, log, random } = parts
  const now = () => clock().toISOString()
  const inMs = (ms: number) => new Date(clock().getTime() + ms).toISOString()

  const attempt = async (sms: ClaimedSms): Promise<SendingEnd> => {
    if (sms.unanswered >= mostUnanswered) return { state: 'uncertain', problem: 'NO_ANSWER' }
    if (clock().getTime() - Date.parse(sms.at) > worthMs[sms.purpose]) {
      return sms.unanswered > 0 ? uncertain : failed('TOO_LATE')
    }
    const content = await unsealJson(keys, sms.sealed, smsContentSchema)
    if (!content.ok) return failed('UNREADABLE')
    const answer = await gateway.send(sms.requestId, content.value)
    const nextTryAt = inMs(retryDelayMs(sms.attempts, random()))
    switch (answer.outcome) {
      case 'sent':
        return { state: 'sent' }
      case 'unfit':
        return failed(answer.problem)
      case 'refused':
        // A second try may be refused because the first has arrived.
        return {
          state: sms.unanswered > 0 ? 'uncertain' : 'failed',
          problem: `REFUSED:${answer.code}`,
        }
      case 'notSent':
        return { state: 'pending', problem: 'UNREACHABLE', nextTryAt, notSent: true }
      case 'unknown':
        return sms.unanswered + 1 >= mostUnanswered
          ? uncertain
          : { state: 'pending', problem: 'NO_ANSWER', nextTryAt, notSent: false }
    }
  }

  const drain = async (isStopping: () => boolean): Promise<void> => {
    while (!isStopping()) {
      const claim = { id: randomUUID(), requestId: randomUUID(), until: inMs(claimMs) }
      const sms = await store.sms.claim(now(), claim)
      if (!sms) return
      const end = await attempt(sms)
      await store.sms.settle(sms, end, now())
      if (end.state !== 'sent') log('error', `sms ${sms.id}: ${end.state}: ${end.problem}`)
      // The carrier is away: the others would fare no better.
      if (end.state === 'pending' && end.notSent) return
    }
  }

  return runUntilQuiet(drain)
}

const uncertain: SendingEnd = { state: 'uncertain', problem: 'NO_ANSWER' }
const failed = (problem: SendingProblem): SendingEnd => ({ state: 'failed', problem })
