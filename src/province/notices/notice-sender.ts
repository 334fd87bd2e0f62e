import { z } from 'zod'
import {
  collectionNoticeSchema,
  sealedDossierSchema,
  smsSchema,
} from '../../contract/province/sealed.ts'
import type { Clock } from '../clock.ts'
import type { LocalTime } from '../local-time.ts'
import { parseMessage } from '../receiving/parse-message.ts'
import { runUntilQuiet } from '../run-until-quiet.ts'
import type { Keys } from '../security/keys.ts'
import type { ProvinceStore } from '../store/contract.ts'
import type {
  NoticeFailure,
  PendingNotice,
  ReceivedMessage,
} from '../store/records/message-records.ts'
import type { SmsPurpose } from '../store/records/sms-records.ts'
import type { SmsLanguage } from '../texts/sms.ts'
import type { SmsContent } from './sms-content.ts'
import type { SmsWriter } from './sms-texts.ts'
import { unsealJson } from './unseal-json.ts'

export interface NoticeSender {
  /** Turns every pending notice into an SMS or a failure; callers that come meanwhile share the run. */
  run(): Promise<void>
}

type Prepared =
  | { readonly purpose: SmsPurpose; readonly content: SmsContent }
  | { readonly failure: NoticeFailure }

/**
 * Opening a sealed text takes its time and cannot happen inside the transaction that stores a message, so a
 * notice is stored as pending with it and settled afterwards; what a crash leaves pending is done at the start.
 */
export function noticeSender(parts: {
  readonly store: ProvinceStore
  readonly keys: Keys
  readonly writer: SmsWriter
  readonly clock: Clock
  readonly time: LocalTime
}): NoticeSender {
  const { store, keys, writer, clock, time } = parts

  const collection = async (
    message: Extract<ReceivedMessage, { kind: 'resultStocked' }>,
  ): Promise<Prepared> => {
    const { body, kioskId } = message
    const notice = await unsealJson(keys, body.sealed, collectionNoticeSchema)
    if (!notice.ok) return notice
    const result = await store.results.find(body.resultId)
    if (!result || result.kioskId !== kioskId) return { failure: 'UNKNOWN_RESULT' }
    const { resultId, dossierCode } = notice.value
    if (resultId !== result.resultId || dossierCode !== result.dossierCode) {
      return { failure: 'RESULT_MISMATCH' }
    }
    const recipient = await recipientOf(result)
    if ('failure' in recipient) return recipient
    const content = writer.collection(
      notice.value,
      result.what,
      recipient.phone,
      recipient.language,
    )
    return { purpose: 'collection', content }
  }

  const aboutResult = async (
    message: Extract<ReceivedMessage, { kind: 'resultReturned' | 'resultReminder' }>,
  ): Promise<Prepared> => {
    const { kind, body, kioskId } = message
    const result = await store.results.find(body.resultId)
    if (!result || result.kioskId !== kioskId) return { failure: 'UNKNOWN_RESULT' }
    // The machine was without a network until the last day had passed.
    if (kind === 'resultReminder' && body.lastDay < time.day(clock())) {
      return { failure: 'TOO_LATE' }
    }
    const recipient = await recipientOf(result)
    if ('failure' in recipient) return recipient
    const { phone, language } = recipient
    const { dossierCode } = result
    const content =
      kind === 'resultReturned'
        ? writer.returned(dossierCode, phone, language)
        : writer.reminder({ dossierCode, lastDay: body.lastDay }, phone, language)
    return { purpose: 'notification', content }
  }

  const recipientOf = async (result: {
    readonly sealedPhone: string | null
    readonly intakeId: string | null
  }): Promise<{ phone: string; language: SmsLanguage } | { failure: NoticeFailure }> => {
    if (result.sealedPhone !== null) {
      const phone = await unsealJson(keys, result.sealedPhone, z.string().min(1))
      return phone.ok ? { phone: phone.value, language: 'vi' } : phone
    }
    const dossier = result.intakeId ? await store.dossiers.find(result.intakeId) : undefined
    if (!dossier) return { failure: 'NO_PHONE' }
    const opened = await unsealJson(keys, dossier.sealed, sealedDossierSchema)
    if (!opened.ok) return opened
    const { phone, language } = opened.value
    return phone === '' ? { failure: 'NO_PHONE' } : { phone, language }
  }

  const prepare = async (notice: PendingNotice): Promise<Prepared> => {
    const parsed = parseMessage(notice.bytes, { kioskId: notice.kioskId, key: notice.messageKey })
    if (!parsed.ok) return { failure: 'INVALID_CONTENT' }
    const { message } = parsed
    if (message.kind === 'resultStocked') return collection(message)
    if (message.kind === 'resultReturned' || message.kind === 'resultReminder') {
      return aboutResult(message)
    }
    if (message.kind !== 'notification') return { failure: 'INVALID_CONTENT' }
    const sms = await unsealJson(keys, message.body.sealed, smsSchema)
    if (!sms.ok) return sms
    if (sms.value.phone === '') return { failure: 'NO_PHONE' }
    const content = writer.notification(sms.value.phone, sms.value.text)
    return { purpose: 'notification', content }
  }

  const settle = async (notice: PendingNotice): Promise<void> => {
    const prepared = await prepare(notice)
    const at = clock().toISOString()
    if ('failure' in prepared) {
      await store.messages.settleNotice(notice.messageKey, { failure: prepared.failure, at })
      return
    }
    const { purpose, content } = prepared
    const sealed = await keys.seal(JSON.stringify(content))
    const sms = { at, kioskId: notice.kioskId, purpose, sealed }
    await store.messages.settleNotice(notice.messageKey, { sms })
  }

  const drain = async (): Promise<void> => {
    for (;;) {
      const pending = await store.messages.pendingNotices()
      if (pending.length === 0) return
      for (const notice of pending) await settle(notice)
    }
  }

  return runUntilQuiet(drain)
}
